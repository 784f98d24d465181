// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/reading_bar.h"

#include <cmath>

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

namespace tl {
namespace {

// A bar in tokens would overflow its int for corpora nobody reads today; thousandths never do.
constexpr int kSteps = 1000;

QString timeText(double seconds) {
    const auto whole = static_cast<qlonglong>(std::ceil(seconds));
    if (whole < 60) {
        return ReadingBar::tr("%1 s").arg(whole);
    }
    if (whole < 3600) {
        return ReadingBar::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    }
    return ReadingBar::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

}  // namespace

QString progressText(const ReadingProgress& progress) {
    const QLocale locale;
    QString text = ReadingBar::tr("%1 of %2 tokens")
                       .arg(locale.toString(static_cast<qlonglong>(progress.tokensDone)),
                            locale.toString(static_cast<qlonglong>(progress.tokensTotal)));
    if (progress.tokensPerSecond > 0) {
        text += ReadingBar::tr(", %1 tokens/s")
                    .arg(locale.toString(std::llround(progress.tokensPerSecond)));
    }
    if (progress.etaSeconds > 0) {
        text += ReadingBar::tr(", %1 left").arg(timeText(progress.etaSeconds));
    }
    return text;
}

ReadingBar::ReadingBar(QWidget* parent)
    : QWidget(parent)
    , m_bar(new QProgressBar)
    , m_numbers(new QLabel)
    , m_cancel(new QPushButton(tr("Cancel"))) {
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Reading progress"));
    m_bar->setMaximumWidth(180);
    m_numbers->setAccessibleName(tr("Reading progress in numbers"));
    m_cancel->setAccessibleName(tr("Cancel what runs"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_bar);
    layout->addWidget(m_numbers);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &ReadingBar::cancelRequested);
    showIdle();
}

void ReadingBar::showBusy(const QString& what) {
    m_bar->setRange(0, 0);  // Qt's sign for "under way, length unknown".
    m_bar->show();
    m_cancel->show();
    m_numbers->setText(what);
}

void ReadingBar::showProgress(const ReadingProgress& progress) {
    const double part = progress.tokensTotal > 0 ? static_cast<double>(progress.tokensDone) /
                                                       static_cast<double>(progress.tokensTotal)
                                                 : 0;
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(part * kSteps));
    m_numbers->setText(progressText(progress));
}

void ReadingBar::showIdle() {
    m_bar->hide();
    m_cancel->hide();
}

void ReadingBar::setText(const QString& text) {
    m_numbers->setText(text);
}

QString ReadingBar::text() const {
    return m_numbers->text();
}

}  // namespace tl
