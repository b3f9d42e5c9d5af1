"""Reference numbers of tst_soundfeatures: python3 sound_golden.py > sound_golden.json (numpy, scipy)."""

import json

import numpy as np
from scipy.signal import get_window, savgol_filter

features = np.array([[np.sin(1 + 0.7 * c + 0.31 * t * (c + 1)) for t in range(23)] for c in range(3)])
short = features[:, :6]


def chroma_column(frequency, rate=16000, size=2048):
    """Weights of the bin nearest to a frequency, from the definition: C is class 0."""
    k = round(frequency * size / rate)
    semitone = lambda bin: 69 + 12 * np.log2(bin * rate / size / 440)  # MIDI number, C = 0 mod 12
    here, width = semitone(k), max(semitone(k + 1) - semitone(k), 1)
    apart = (here - np.arange(12) + 6) % 12 - 6
    weights = np.exp(-0.5 * (2 * apart / width) ** 2)
    octave = np.log2(k * rate / size / 880)
    return weights / np.linalg.norm(weights) * np.exp(-0.5 * (octave / 2) ** 2)


t = np.arange(512)
signal = np.sin(0.05 * t) + 0.3 * np.sin(0.9 * t + 1)
magnitude = np.abs(np.fft.rfft(signal * get_window("hann", 512)))
hz = np.fft.rfftfreq(512, 1 / 8000)
share = magnitude / magnitude.sum()
centroid = float((hz * share).sum())
print(json.dumps({
    "delta": savgol_filter(features, 9, polyorder=1, deriv=1, mode="interp").tolist(),
    "delta2": savgol_filter(features, 9, polyorder=2, deriv=2, mode="interp").tolist(),
    "short": savgol_filter(short, 5, polyorder=1, deriv=1, mode="interp").tolist(),
    "hann": get_window("hann", 10).tolist(),
    "hamming": get_window("hamming", 10).tolist(),
    "hann_symmetric": get_window("hann", 10, fftbins=False).tolist(),
    "chroma": {str(f): chroma_column(f).tolist() for f in (130.81, 440, 1000, 5000)},
    "power": (magnitude**2)[::16].tolist(),
    "centroid": centroid,
    "bandwidth": float(np.sqrt((share * (hz - centroid) ** 2).sum())),
    "rolloff": float(hz[np.argmax(np.cumsum(share) >= 0.85)]),
    "crossings": float((np.diff(np.signbit(signal)) != 0).sum() / 512),
    "rms": float(np.sqrt((signal**2).mean())),
}, indent=None))
