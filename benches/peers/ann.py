"""What other libraries take for the vectors that the example `similar` wrote; one thread.

    python3 -m venv venv && venv/bin/pip install hnswlib==0.8.0 faiss-cpu==1.15.1 numpy==2.4.6
    cargo run --release -p switchyard-models --example similar -- flat,graph 100000 vectors.bin
    venv/bin/python benches/peers/ann.py vectors.bin [faiss-flat,hnswlib]

A JSON line for each measurement, with the names of the example's: each query's fastest of
three passes, one query a call.
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

PASSES = 3
WIDTHS = (16, 24, 32, 48, 64, 96, 128, 192)
LINKS, EF_BUILD = 16, 200


def read(path):
    """Items, queries and the true nearest of each query."""
    n, dimension, n_queries, k = np.fromfile(path, "<u4", 4).tolist()
    floats = np.fromfile(path, "<f4", (n + n_queries) * dimension, offset=16)
    vectors = floats.reshape(-1, dimension)
    nearest = np.fromfile(path, "<u4", offset=16 + floats.nbytes).reshape(n_queries, k)
    return vectors[:n], vectors[n:], nearest


def measure(name, search, queries, nearest, **facts):
    fastest = np.full(len(queries), np.inf)
    for _ in range(PASSES):
        found = []
        for at in range(len(queries)):
            start = time.perf_counter()
            slots = search(queries[at : at + 1])
            fastest[at] = min(fastest[at], time.perf_counter() - start)
            found.append(set(slots[0].tolist()))
    right = sum(len(found & set(true.tolist())) for found, true in zip(found, nearest))
    line = {
        "what": name,
        "k": nearest.shape[1],
        **facts,
        "us_mean": round(fastest.mean() * 1e6, 2),
        "us_median": round(float(np.median(fastest)) * 1e6, 2),
        "recall": right / nearest.size,
    }
    print(json.dumps(line), flush=True)


def faiss_flat(items, queries, nearest):
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(items.shape[1])
    index.add(items)
    search = lambda query: index.search(query, nearest.shape[1])[1]
    measure("faiss-flat", search, queries, nearest, n=len(items))


def hnswlib(items, queries, nearest):
    import hnswlib

    index = hnswlib.Index("ip", items.shape[1])
    index.init_index(len(items), M=LINKS, ef_construction=EF_BUILD)
    start = time.perf_counter()
    index.add_items(items, num_threads=1)
    build_s = round(time.perf_counter() - start, 2)
    search = lambda query: index.knn_query(query, nearest.shape[1], num_threads=1)[0]
    for ef in WIDTHS:
        index.set_ef(ef)
        measure("hnswlib", search, queries, nearest, n=len(items), ef=ef, build_s=build_s)


LIBRARIES = {"faiss-flat": faiss_flat, "hnswlib": hnswlib}


def main():
    vectors = read(sys.argv[1])
    names = sys.argv[2] if len(sys.argv) > 2 else ",".join(LIBRARIES)
    for name in names.split(","):
        LIBRARIES[name](*vectors)


if __name__ == "__main__":
    main()
