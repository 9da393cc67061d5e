"""Small clients that send what the public clients of ACLED send, with nothing changed but the base address."""

import csv
import io
import json
from urllib.parse import quote

BASE = "/api/compat/acled"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def answer(response):
    return json.loads(body(response))


def lines(response):
    return list(csv.DictReader(io.StringIO(body(response).decode())))


class RPackageWithKey:
    """The R package of ACLED before OAuth: CSV, key and e-mail in the address, countries joined by :OR:country=."""

    def __init__(self, http, email, key):
        self.http, self.email, self.key = http, email, key

    def events(self, countries, start, end, *, monadic=False, timestamp=None, event_types=None):
        address = f"{BASE}/acled/read.csv?" + ("&export_type=monadic" if monadic else "")
        address += f"&email={self.email}&key={self.key}"
        address += "&country=" + ":OR:country=".join(quote(name) for name in countries) + "&country_where=%3D"
        address += f"&event_date={start}|{end}&event_date_where=BETWEEN"
        if timestamp:
            address += f"&timestamp_where=%3E%3D&timestamp={timestamp}"
        if event_types:
            address += "&event_type=" + ":OR:event_type=".join(quote(name.upper()) for name in event_types)
        return lines(self.http.get(address + "&inter_num=0&limit=0"))

    def deletions(self, since):
        address = f"{BASE}/deleted/read.csv?&email={self.email}&key={self.key}&deleted_timestamp={since}&limit=0"
        return lines(self.http.get(address))


class RPackageWithPassword:
    """The same since 2025: a token for the password, JSON, countries joined by :OR:."""

    def __init__(self, http, email, password):
        self.http, self.email, self.password = http, email, password

    def events(self, countries, start, end, *, monadic=False):
        form = {"grant_type": "password", "client_id": "acled", "username": self.email, "password": self.password}
        token = self.http.post(f"{BASE}/oauth/token", form).json()["access_token"]  # a form with boundaries
        address = f"{BASE}/api/acled/read?_format=json" + ("&export_type=monadic" if monadic else "")
        address += "&country=" + ":OR:".join(quote(name) for name in countries)
        address += f"&event_date={start}|{end}&event_date_where=BETWEEN&inter_num=0&limit=0"
        return answer(self.http.get(address, headers={"Authorization": f"Bearer {token}"}))["data"]


class OtherRPackage:
    """Another R package of the older API: a slash behind read, a slip before export_type, regions by number."""

    def __init__(self, http, email, key):
        self.http, self.email, self.key = http, email, key

    def events(self, regions, start="", end=""):
        between = f"{start}|{end}" if start else ""
        address = f"{BASE}/acled/read/?key={self.key}&email={self.email}&limit=0&?export_type=monadic"
        address += f"&event_date={between}&event_date_where=BETWEEN"
        address += "&fields=region|country|year|event_date|source|admin1|admin2|admin3|location|event_type"
        address += "|sub_event_type|interaction|fatalities|timestamp&region=" + "|".join(map(str, regions))
        response = self.http.get(address)
        assert response["Content-Type"] == "application/json"
        found = answer(response)
        if not found["success"]:
            raise ValueError(found["error"])
        return found["data"]


class PagingRPackage:
    """An R package of the current API: the token in the header and as key, pages by count and total_count."""

    def __init__(self, http, token):
        self.http, self.token = http, token

    def events(self, limit, **filters):
        rows, page, pages = [], 1, 1
        while page <= pages:
            asked = {"_format": "json", "key": self.token, "limit": limit, "page": page} | filters
            headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"}
            found = answer(self.http.get(f"{BASE}/api/acled/read", asked, headers=headers))
            if not found["count"]:
                return rows
            pages = -(-found["total_count"] // found["count"]) if page == 1 else pages
            rows += found["data"]
            page += 1
        return rows


class PythonClient:
    """The Python package: a token by form, renewed when refused; Content-Type of JSON on every request."""

    def __init__(self, http, username, password):
        self.http, self.username, self.password = http, username, password
        self.renewed = 0
        self._take({"grant_type": "password", "username": username, "password": password})

    def get(self, endpoint, **asked):
        response = self._get(endpoint, asked)
        if response.status_code in (401, 403):
            self.renewed += 1
            self._take({"grant_type": "refresh_token", "refresh_token": self.refresh})
            response = self._get(endpoint, asked)
        if response.status_code >= 400:
            raise ValueError(answer(response)["error"][0]["message"])
        found = answer(response)
        if not found.get("success"):
            raise ValueError(found.get("error", [{"message": "Unknown error"}])[0]["message"])
        return found["data"]

    def _get(self, endpoint, asked):
        headers = {"Authorization": f"Bearer {self.access}", "Content-Type": "application/json", "Accept": "*/*"}
        return self.http.get(f"{BASE}/api{endpoint}", asked, headers=headers)

    def _take(self, form):
        sent = "&".join(f"{name}={quote(value)}" for name, value in {"client_id": "acled", **form}.items())
        response = self.http.post(f"{BASE}/oauth/token", sent, content_type="application/x-www-form-urlencoded")
        if response.status_code >= 400:
            raise ValueError(response.json()["error_description"])
        token = response.json()
        assert token["token_type"] == "Bearer"
        assert token["expires_in"] > 300
        self.access, self.refresh = token["access_token"], token["refresh_token"]
