#include "widgets/plots/Ticks.h"

#include <QLocale>
#include <qcustomplot.h>

namespace triptych {

std::vector<Tick> ticks(double low, double high, int count)
{
    std::vector<Tick> result;
    if (!(high > low) || count < 1)
        return result;
    QCPAxisTicker ticker;
    ticker.setTickCount(count);
    QVector<double> values;
    QVector<QString> labels;
    ticker.generate(QCPRange(low, high), QLocale(), QLatin1Char('g'), 6, values, nullptr, &labels);
    for (qsizetype i = 0; i < values.size(); ++i)
        if (values[i] >= low && values[i] <= high)
            result.push_back({ values[i], labels[i] });
    return result;
}

} // namespace triptych
