#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

/// The losses that word vectors are learned by, with their gradients, in any real type: float to
/// train, double to check. The same lines do both, so what is checked is what runs.
namespace triptych::words {

/// log(1 + e^x) without overflow.
template <typename Real> Real softplus(Real x)
{
    return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

template <typename Real> Real dot(const Real* a, const Real* b, int width)
{
    Real sums[4] = {};
    int i = 0;
    for (; i + 4 <= width; i += 4) {
        for (int lane = 0; lane < 4; ++lane)
            sums[lane] += a[i + lane] * b[i + lane];
    }
    for (; i < width; ++i)
        sums[0] += a[i] * b[i];
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

template <typename Real> void addScaled(Real* to, const Real* from, Real factor, int width)
{
    for (int i = 0; i < width; ++i)
        to[i] += factor * from[i];
}

/// Skip-gram and CBOW with negative sampling (Mikolov et al. 2013) over two tables [V, width].
template <typename Real> class NegativeSampling {
public:
    NegativeSampling(Real* inputs, Real* outputs, int width)
        : m_inputs(inputs)
        , m_outputs(outputs)
        , m_width(width)
        , m_hidden(size_t(width))
        , m_gradient(size_t(width))
    {
    }

    /// A word predicts one word near it: −log σ(u_near·v_word) − Σ log σ(−u_k·v_word). Moves all rows
    /// by −rate times their gradients, taken before any has moved; returns the loss before.
    Real skipGram(int word, int near, std::span<const int> negatives, Real rate)
    {
        const Real* row = m_inputs + size_t(word) * size_t(m_width);
        std::copy(row, row + m_width, m_hidden.begin());
        const Real loss = predict(near, negatives, rate);
        addScaled(m_inputs + size_t(word) * size_t(m_width), m_gradient.data(), -rate, m_width);
        return loss;
    }

    /// The mean of the words around a place predicts the word in it. The gradient of the mean is shared
    /// out, a part each (word2vec's code gives the whole to each; İrsoy et al. 2021).
    Real cbow(std::span<const int> around, int word, std::span<const int> negatives, Real rate)
    {
        std::fill(m_hidden.begin(), m_hidden.end(), Real(0));
        const Real share = Real(1) / Real(around.size());
        for (const int near : around)
            addScaled(m_hidden.data(), m_inputs + size_t(near) * size_t(m_width), share, m_width);
        const Real loss = predict(word, negatives, rate);
        for (const int near : around)
            addScaled(m_inputs + size_t(near) * size_t(m_width), m_gradient.data(), -rate * share, m_width);
        return loss;
    }

private:
    /// Of the hidden vector; leaves its gradient and moves the outputs.
    Real predict(int right, std::span<const int> negatives, Real rate)
    {
        std::fill(m_gradient.begin(), m_gradient.end(), Real(0));
        m_slopes.assign(negatives.size() + 1, Real(0));
        Real loss = 0;
        for (size_t i = 0; i < m_slopes.size(); ++i) {
            const Real* row = output(i, right, negatives);
            const Real score = dot(m_hidden.data(), row, m_width);
            loss += softplus(i == 0 ? -score : score);
            m_slopes[i] = Real(1) / (Real(1) + std::exp(-score)) - (i == 0 ? Real(1) : Real(0));
            addScaled(m_gradient.data(), row, m_slopes[i], m_width);
        }
        for (size_t i = 0; i < m_slopes.size(); ++i)
            addScaled(output(i, right, negatives), m_hidden.data(), -rate * m_slopes[i], m_width);
        return loss;
    }

    Real* output(size_t i, int right, std::span<const int> negatives) const
    {
        return m_outputs + size_t(i == 0 ? right : negatives[i - 1]) * size_t(m_width);
    }

    Real* m_inputs;
    Real* m_outputs;
    int m_width;
    std::vector<Real> m_hidden;
    std::vector<Real> m_gradient;
    std::vector<Real> m_slopes;
};

/// GloVe's weight of a pair that was counted `count` times: min(1, (count / most)^power).
template <typename Real> Real gloveWeight(Real count, Real most, Real power)
{
    return count < most ? std::pow(count / most, power) : Real(1);
}

/// f(X) · (w·c + b + b' − log X)² of one pair (Pennington et al. 2014), and its gradients.
template <typename Real> struct GlovePair {
    Real loss = 0;
    Real slope = 0; ///< of both biases; times c it is w's gradient, times w it is c's

    static GlovePair of(const Real* word, const Real* near, Real biases, Real count, Real weight, int width)
    {
        const Real apart = dot(word, near, width) + biases - std::log(count);
        return { weight * apart * apart, 2 * weight * apart };
    }
};

} // namespace triptych::words
