// SPDX-License-Identifier: Apache-2.0
#include "ui/corpus/corpus_pane.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "app/wording.h"
#include "ui/corpus/file_list_model.h"

namespace tl {

namespace {

std::vector<std::string> patternsIn(const QLineEdit& line) {
    std::vector<std::string> patterns;
    const QStringList words = line.text().simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        patterns.push_back(word.toStdString());
    }
    return patterns;
}

QString lineOf(const std::vector<std::string>& patterns) {
    QStringList words;
    for (const std::string& pattern : patterns) {
        words += QString::fromStdString(pattern);
    }
    return words.join(u' ');
}

}  // namespace

CorpusPane::CorpusPane(QWidget* parent)
    : QWidget(parent)
    , m_model(new FileListModel(this))
    , m_pages(new QStackedWidget)
    , m_table(new QTableView)
    , m_include(new QLineEdit)
    , m_exclude(new QLineEdit)
    , m_summary(new QLabel)
    , m_choose(new QPushButton(tr("Choose F&older...")))
    , m_read(new QPushButton(tr("&Read"))) {
    createTable();
    m_pages->addWidget(createEmptyPage());
    m_pages->addWidget(m_table);
    m_summary->setWordWrap(true);
    m_summary->setAccessibleName(tr("Summary of the corpus"));
    m_choose->setAccessibleName(tr("Choose a folder"));
    m_read->setAccessibleName(tr("Read the corpus"));
    m_read->setEnabled(false);

    auto* title = new QLabel(tr("&Corpus"));
    title->setBuddy(m_table);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_choose);
    buttons->addWidget(m_read);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addLayout(createPatternLines());
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_summary);
    layout->addLayout(buttons);

    connect(m_choose, &QPushButton::clicked, this, &CorpusPane::chooseFolderRequested);
    connect(m_read, &QPushButton::clicked, this, &CorpusPane::readRequested);
    connect(m_table, &QTableView::activated, this, &CorpusPane::activate);
}

// Applied by Enter alone: what is read and said so far goes with the old choice of files.
QLayout* CorpusPane::createPatternLines() {
    m_include->setAccessibleName(tr("Read only files that match"));
    m_include->setPlaceholderText(tr("all files"));
    m_exclude->setAccessibleName(tr("Leave out files that match"));
    m_exclude->setPlaceholderText(tr("none"));
    auto* onlyLabel = new QLabel(tr("Onl&y"));
    onlyLabel->setBuddy(m_include);
    auto* exceptLabel = new QLabel(tr("E&xcept"));
    exceptLabel->setBuddy(m_exclude);
    auto* line = new QHBoxLayout;
    for (const auto& [label, edit] :
         {std::pair(onlyLabel, m_include), std::pair(exceptLabel, m_exclude)}) {
        edit->setToolTip(
            tr("Patterns as in .gitignore, with blanks between them: *.md docs/. "
               "Enter lists the files anew."));
        edit->setAcceptDrops(false);  // Files dropped here are for the window.
        connect(edit, &QLineEdit::returnPressed, this, &CorpusPane::patternsEntered);
        line->addWidget(label);
        line->addWidget(edit, 1);
    }
    return line;
}

std::vector<std::string> CorpusPane::included() const {
    return patternsIn(*m_include);
}

std::vector<std::string> CorpusPane::excluded() const {
    return patternsIn(*m_exclude);
}

void CorpusPane::showPatterns(const std::vector<std::string>& include,
                              const std::vector<std::string>& exclude) {
    m_include->setText(lineOf(include));
    m_exclude->setText(lineOf(exclude));
}

QWidget* CorpusPane::createEmptyPage() {
    auto* hint = new QLabel(tr("Drop a folder here or choose one."));
    hint->setAlignment(Qt::AlignCenter);
    hint->setWordWrap(true);
    hint->setFrameShape(QFrame::StyledPanel);
    return hint;
}

void CorpusPane::createTable() {
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Files of the corpus"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);  // Tab leaves the table.
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    // Stretched, the names would give way to all other columns.
    const int letter = m_table->fontMetrics().averageCharWidth();
    header->setSectionResizeMode(FileListModel::kName, QHeaderView::Interactive);
    header->resizeSection(FileListModel::kName, 28 * letter);
    header->resizeSection(FileListModel::kState, 18 * letter);
    header->setResizeContentsPrecision(100);  // Rows looked at; a corpus may have 50,000.
    header->setSectionResizeMode(FileListModel::kTokens, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FileListModel::kSize, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FileListModel::kKind, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FileListModel::kPages, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(FileListModel::kWarnings, QHeaderView::Interactive);
    hideEmptyColumns();
}

// Only some corpora have kinds told, pages or warnings.
void CorpusPane::hideEmptyColumns() {
    for (const auto column :
         {FileListModel::kKind, FileListModel::kPages, FileListModel::kWarnings}) {
        m_table->setColumnHidden(column, !m_model->hasContents(column));
    }
}

void CorpusPane::showFiles(int64_t from, const std::vector<FileRow>& rows) {
    if (from == 0) {
        m_model->setRows(rows);
        hideEmptyColumns();
    } else {
        m_model->appendRows(from, rows);
    }
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    m_summary->setText(tr("Counting tokens..."));
}

void CorpusPane::updateFiles(const std::vector<std::pair<int64_t, FileRow>>& rows) {
    m_model->updateRows(rows);
}

void CorpusPane::showPlan(const PlanSummary& plan) {
    hideEmptyColumns();  // Once, when all rows are counted.
    const QLocale locale;
    m_summary->setText(tr("%1 in, %2 skipped. %3 of %4 tokens, %5 of memory once read.")
                           .arg(QString::fromStdString(counted(plan.files, "file", "files")),
                                locale.toString(static_cast<qlonglong>(plan.skipped)),
                                locale.toString(static_cast<qlonglong>(plan.tokens)),
                                locale.toString(static_cast<qlonglong>(plan.contextLimit)),
                                locale.formattedDataSize(plan.stateBytes)));
}

void CorpusPane::showIncomplete() {
    m_summary->setText(tr("The files were not counted."));
}

void CorpusPane::setReadEnabled(bool isEnabled) {
    m_read->setEnabled(isEnabled);
}

void CorpusPane::activate(const QModelIndex& index) {
    const FileRow& row = m_model->row(index);
    if (row.state == FileRow::State::kIn && !row.isFolder) {
        Q_EMIT fileActivated(QString::fromStdString(row.name));
    } else if (row.needsPassword) {
        Q_EMIT passwordWanted(QString::fromStdString(row.name));
    }
}

}  // namespace tl
