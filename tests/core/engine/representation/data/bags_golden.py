"""Golden bags of scikit-learn 1.2.1 (Debian: python3-sklearn); tst_bag compares with them.
Run: python3 bags_golden.py > bags_golden.json"""
import json

from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

texts = [
    "A cat, a hat and the cat's bat.", "The  dog\tsits.", "un éléphant ÇA trompe énormément", "大象 和 大象", "",
    "🐘 elephant_1 x2 naïve façade", "the the the THE", "½ cup of ²tea", "Straße, straße; ΣΊΣΥΦΟΣ",
]
word = r"(?u)\b\w+\b"
cases = {
    "bag": CountVectorizer(token_pattern=word),
    "tfidf": TfidfVectorizer(token_pattern=word),
    "tfidf_sublinear": TfidfVectorizer(token_pattern=word, sublinear_tf=True),
    "word_1_2": CountVectorizer(token_pattern=word, ngram_range=(1, 2)),
    "word_min2": CountVectorizer(token_pattern=word, min_df=2),
    "char_2_3": CountVectorizer(analyzer="char", ngram_range=(2, 3)),
    "char_wb_2_4": CountVectorizer(analyzer="char_wb", ngram_range=(2, 4)),
    "char_wb_tfidf": TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3)),
}
golden = {"texts": texts, "cases": {}}
for name, vectorizer in cases.items():
    rows = vectorizer.fit_transform(texts)
    golden["cases"][name] = {
        "units": list(vectorizer.get_feature_names_out()),
        "rows": [{"columns": [int(c) for c in r.sorted_indices().indices],
                  "values": [float(v) for v in r.sorted_indices().data]} for r in rows],
    }
print(json.dumps(golden, ensure_ascii=False, separators=(",", ":")))
