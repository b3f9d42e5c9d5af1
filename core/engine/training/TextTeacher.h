#pragma once

#include <ATen/core/Tensor.h>
#include <QHash>
#include <QStringList>
#include <vector>

namespace triptych {

struct MiniConcept;

/// A fixed space of texts that the towers learn beside the contrast within a batch: latent semantic
/// analysis (Deerwester et al. 1990) of words and their parts of 3 to 5 letters, over all texts of
/// each seen concept. In it "polar bear" lies near "bear", and every concept is a negative of every
/// other at each step. Made from the seen groups alone.
class TextTeacher {
public:
    /// Fewer concepts than `dim` leave the last coordinates 0. Takes some seconds.
    TextTeacher(const std::vector<const MiniConcept*>& seen, int dim);

    /// The seen concepts, in the order given: unit rows [concepts, dim].
    const at::Tensor& centres() const { return m_centres; }
    /// Unit rows [N, dim]; 0 where no part of the text is known.
    at::Tensor place(const QStringList& texts) const;

private:
    struct Entry {
        int document;
        float weight;
    };
    using Parts = QHash<QString, float>;

    std::vector<std::pair<int, float>> weigh(const Parts& counts) const;
    at::Tensor similarities(const std::vector<std::pair<int, float>>& parts) const;

    QHash<QString, int> m_ids;
    std::vector<float> m_rarity;               ///< by part: log(documents / documents with it)
    std::vector<std::vector<Entry>> m_entries; ///< by part: the documents it is in
    int m_documents = 0;
    at::Tensor m_centres;
    at::Tensor m_mean;                         ///< [1, dim]: taken off, as the towers' normalised states have none
    at::Tensor m_project;                      ///< [concepts, dim]: from similarities into the space
};

} // namespace triptych
