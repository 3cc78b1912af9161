ATTACH DATABASE ':memory:' AS other;
