"""Reading Parquet files in tests."""

from io import BytesIO

from pyarrow import parquet


def rows(body):
    """A dict of column → value per row, as Python has them."""
    return parquet.read_table(BytesIO(body)).to_pylist()


def schema(body):
    return parquet.read_schema(BytesIO(body))


def groups(body):
    """How many rows each group has."""
    found = parquet.ParquetFile(BytesIO(body)).metadata
    return [found.row_group(number).num_rows for number in range(found.num_row_groups)]
