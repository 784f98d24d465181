// SPDX-License-Identifier: Apache-2.0
#include "ui/start/start_page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace tl {
namespace {

constexpr int kWidth = 760;     // pixels of what stands in the middle
constexpr int kMargin = 24;     // around it
constexpr int kColumnGap = 16;  // between the list's columns
constexpr int kNameRole = 1;    // of a list's item, after Qt::UserRole: the project file

// The folder of a file as people write it, their home as "~".
QString placeText(const QString& file) {
    const QString folder = QFileInfo(file).absolutePath();
    const QString home = QDir::homePath();
    return folder == home || folder.startsWith(home + QLatin1Char('/'))
               ? QStringLiteral("~") + folder.mid(home.size())
               : folder;
}

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_sample(new QPushButton(tr("Try the &Sample")))
    , m_title(new QLabel(tr("R&ecent projects")))
    , m_projects(new QTreeView)
    , m_model(new QStandardItemModel(this)) {
    auto* heading = new QLabel(tr("Read once, ask for ever"));
    QFont large = heading->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    heading->setFont(large);
    auto* hint = new QLabel(
        tr("Drop a folder, files or a project here, or choose them. A folder is read once; its "
           "project keeps what was read beside it, and answers at once when it is opened again. "
           "Everything stays on this computer."));
    hint->setWordWrap(true);
    createList();
    m_title->setBuddy(m_projects);

    auto* middle = new QWidget;
    middle->setMaximumWidth(kWidth);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kMargin / 2);
    column->addWidget(heading);
    column->addWidget(hint);
    column->addLayout(createButtons());
    column->addSpacing(kMargin / 2);
    column->addWidget(m_title);
    column->addWidget(m_projects, 1000);  // all there is, where it is shown
    column->addStretch(1);
    auto* row = new QHBoxLayout(this);
    row->addStretch();
    row->addWidget(middle, 1000);  // all there is up to its largest width
    row->addStretch();
}

QLayout* StartPage::createButtons() {
    auto* folder = new QPushButton(tr("Open F&older..."));
    auto* files = new QPushButton(tr("Open F&iles..."));
    auto* project = new QPushButton(tr("Open &Project..."));
    folder->setDefault(true);
    folder->setAccessibleName(tr("Open a folder"));
    files->setAccessibleName(tr("Open files"));
    project->setAccessibleName(tr("Open a project"));
    m_sample->setAccessibleName(tr("Try the sample"));
    m_sample->setToolTip(tr("A small project of notes, minutes and code to ask about"));
    connect(folder, &QPushButton::clicked, this, &StartPage::folderRequested);
    connect(files, &QPushButton::clicked, this, &StartPage::filesRequested);
    connect(project, &QPushButton::clicked, this, &StartPage::projectRequested);
    connect(m_sample, &QPushButton::clicked, this, &StartPage::sampleRequested);
    auto* line = new QHBoxLayout;
    for (QPushButton* button : {folder, files, project, m_sample}) {
        line->addWidget(button);
    }
    line->addStretch();
    return line;
}

void StartPage::createList() {
    m_projects->setModel(m_model);
    m_projects->setAccessibleName(tr("Recent projects"));
    m_projects->setRootIsDecorated(false);
    m_projects->setUniformRowHeights(true);
    m_projects->setAllColumnsShowFocus(true);
    m_projects->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_projects->setTextElideMode(Qt::ElideMiddle);
    m_projects->installEventFilter(this);
    connect(m_projects, &QTreeView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT projectActivated(fileAt(index));
    });
}

QString StartPage::fileAt(const QModelIndex& index) const {
    return index.siblingAtColumn(kName).data(Qt::UserRole + kNameRole).toString();
}

void StartPage::showProjects(const QList<RecentProject>& projects) {
    m_model->clear();
    m_model->setColumnCount(kColumns);
    m_model->setHorizontalHeaderLabels(
        {tr("Project"), tr("State"), tr("Size"), tr("Last open"), tr("Place")});
    const QDateTime now = QDateTime::currentDateTime();
    for (const RecentProject& project : projects) {
        QList<QStandardItem*> row;
        for (const QString& text : {project.name(),
                                    project.stateText(),
                                    project.sizeText(),
                                    project.ageText(now),
                                    placeText(project.file)}) {
            row += new QStandardItem(text);
            row.back()->setEnabled(project.isThere());
            row.back()->setToolTip(project.file);
        }
        row[kSize]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row[kName]->setData(project.file, Qt::UserRole + kNameRole);
        m_model->appendRow(row);
    }
    for (const Column column : {kName, kState, kSize, kUsed}) {
        m_projects->resizeColumnToContents(column);
        m_projects->setColumnWidth(column, m_projects->columnWidth(column) + kColumnGap);
    }
    const bool hasAny = !projects.isEmpty();
    m_title->setVisible(hasAny);
    m_projects->setVisible(hasAny);
}

void StartPage::setSampleAvailable(bool isAvailable) {
    m_sample->setVisible(isAvailable);
}

bool StartPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && m_projects->currentIndex().isValid() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        Q_EMIT forgetRequested(fileAt(m_projects->currentIndex()));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace tl
