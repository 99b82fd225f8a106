print("conformance: no family yet")
