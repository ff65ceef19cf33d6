"""`python -m bench.linkage.peers.tantivy_ask FOLDER`: tantivy, every word of the name within one edit, names in Latin letters."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import tantivy
from pyarrow import parquet

from bench.linkage.peers.answering import Answer, answer


def main(folder: Path) -> None:
    """Index the names, then answer."""
    start = time.perf_counter()
    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw").add_text_field("whole").build()
    index = tantivy.Index(schema)
    writer = index.writer(512_000_000)
    people = parquet.read_table(folder / "left_peers.parquet", columns=["id", "whole_latin"])
    for row in zip(people["id"].to_pylist(), people["whole_latin"].to_pylist(), strict=True):
        writer.add_document(tantivy.Document(id=row[0], whole=row[1]))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    questions = parquet.read_table(folder / "right_peers.parquet", columns=["whole_latin"])["whole_latin"].to_pylist()

    def ask(fields: str, number: int) -> Answer:
        words = questions[number].split()
        parts = [tantivy.Query.fuzzy_term_query(schema, "whole", word, distance=1) for word in words]
        parts += [tantivy.Query.term_query(schema, "whole", word) for word in words]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
        hits = searcher.search(query, 10).hits
        return [(searcher.doc(address)["id"][0], 0.0, 0.0) for _, address in hits]

    answer(ask, build_s=time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
