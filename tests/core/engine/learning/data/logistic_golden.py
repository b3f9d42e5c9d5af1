# What scikit-learn gives for tst_logistic: PYTHONPATH=/usr/lib/python3/dist-packages /usr/bin/python3 logistic_golden.py
import json, os
import numpy as np
from sklearn.linear_model import LogisticRegression

n, d, k = 40, 5, 3
i, j = np.arange(n)[:, None], np.arange(d)[None, :]
x = np.sin(1 + .37 * i * (j + 1) + .11 * j) * (1 + j)
labels = (np.arange(n) * 7 % 5) % k
wide_j = np.arange(60)[None, :]
wide = np.sin(1 + .37 * i * (wide_j + 1) + .11 * wide_j)
cases = []
for name, rows, c, scaling in [("columns", x, 1.0, "columns"), ("strong", x, 0.05, "columns"), ("none", x, 10.0, "none"),
                               ("overall", x, 0.7, "overall"), ("wide", wide, 0.3, "columns")]:
    used = rows
    if scaling == "columns":
        used = (rows - rows.mean(0)) / rows.std(0)
    elif scaling == "overall":
        used = (rows - rows.mean(0)) / np.sqrt(rows.var(0).mean())
    model = LogisticRegression(C=c, multi_class="multinomial", solver="newton-cg", tol=1e-10, max_iter=100000).fit(used, labels)
    cases.append({"name": name, "columns": rows.shape[1], "c": c, "scaling": scaling, "weight": model.coef_.tolist(),
                  "bias": model.intercept_.tolist(), "probabilities": model.predict_proba(used).tolist()})
json.dump(cases, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "logistic_golden.json"), "w"))
