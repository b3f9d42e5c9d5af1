# Numbers of torch.nn.{RNN,LSTM,GRU}Cell in double, for tst_videonets.
# PYTHONPATH=/usr/lib/python3/dist-packages /usr/bin/python3 cells_golden.py > cells_golden.json
import json
import torch

torch.manual_seed(3)
IN, H, T = 3, 4, 6
values = torch.randn(T, IN, dtype=torch.double)
out = {"values": values.tolist(), "cells": {}}
for name, kind in (("rnn", torch.nn.RNNCell), ("lstm", torch.nn.LSTMCell), ("gru", torch.nn.GRUCell)):
    cell = kind(IN, H).double()
    state, memory = torch.zeros(1, H, dtype=torch.double), torch.zeros(1, H, dtype=torch.double)
    states, memories = [], []
    for t in range(T):
        if name == "lstm":
            state, memory = cell(values[t : t + 1], (state, memory))
            memories.append(memory[0].tolist())
        else:
            state = cell(values[t : t + 1], state)
        states.append(state[0].tolist())
    weights = [getattr(cell, part).tolist() for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    out["cells"][name] = {"weights": weights, "states": states, "memories": memories}
print(json.dumps(out))
