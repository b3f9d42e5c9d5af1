#include "core/engine/models/families/RegionFeatures.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

QString regionSentence(int features, bool boxes)
{
    return boxes ? Tr::tr("This model does not read pixels but what an object detector found: visual_feats [pictures, "
                          "regions, %1] and visual_pos [pictures, regions, 4] (left, top, right, bottom in shares of the "
                          "sides). Run the detector it was trained with (a Faster R-CNN on Visual Genome) elsewhere and "
                          "give its result as an .npz.").arg(features)
                 : Tr::tr("This model does not read pixels but what an object detector found: visual_embeds [pictures, "
                          "regions, %1]. Run the detector it was trained with elsewhere and give its result as an .npz.")
                       .arg(features);
}

void checkRegions(const EncoderInput& input, int features, bool boxes)
{
    const at::Tensor& values = input.values;
    if (!values.defined() || values.dim() != 3 || values.size(2) != features || values.size(1) == 0)
        throw Error(regionSentence(features, boxes));
    const auto fits = [&values](const at::Tensor& other) {
        return !other.defined() || (other.dim() == 2 && other.sizes() == values.sizes().slice(0, 2));
    };
    const bool placed = !boxes
        || (input.boxes.defined() && input.boxes.dim() == 3 && input.boxes.size(2) == 4
            && input.boxes.sizes().slice(0, 2) == values.sizes().slice(0, 2));
    if (!placed)
        throw Error(regionSentence(features, boxes));
    if (!fits(input.mask) || !fits(input.types)) {
        throw Error(Tr::tr("visual_attention_mask and visual_token_type_ids need one number for each of the %1 regions.")
                        .arg(values.size(1)));
    }
}

QJsonObject regionTextFacts(const BertConfig& config)
{
    return { { QStringLiteral("layers"), config.blocks.layers }, { QStringLiteral("heads"), config.blocks.heads },
        { QStringLiteral("width"), config.blocks.width }, { QStringLiteral("max_tokens"), config.positions },
        { QStringLiteral("vocab"), config.vocabulary } };
}

} // namespace triptych
