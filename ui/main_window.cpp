// SPDX-License-Identifier: Apache-2.0
// What the window is made of. What it does with a project stands in main_window_project.cpp.
#include "ui/main_window.h"

#include <QAction>
#include <QCloseEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

#include "ui/corpus/corpus_pane.h"
#include "ui/question/conversation_view.h"
#include "ui/question/overview_page.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/start/recent_projects.h"
#include "ui/start/start_page.h"
#include "ui/widgets/local_path.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

// Keys of what is remembered between runs.
constexpr const char* kGeometry = "window/geometry";
constexpr const char* kPanes = "window/panes";
constexpr const char* kLastProject = "window/project";

QString key(const char* name) {
    return QString::fromLatin1(name);
}

}  // namespace

MainWindow::MainWindow(const ProjectBridge::Opener& open, QWidget* parent)
    : QMainWindow(parent)
    , m_strip(new MessageStrip(MessageStrip::Kind::kProblem))
    , m_news(new MessageStrip(MessageStrip::Kind::kNews))
    , m_start(new StartPage)
    , m_corpus(new CorpusPane)
    , m_reader(new ReaderPane)
    , m_question(new QuestionPane)
    , m_conversation(m_question->conversation())
    , m_panes(new QSplitter)
    , m_pages(new QStackedWidget)
    , m_readingBar(new ReadingBar)
    , m_keptIn(new QLabel)
    , m_model(new QLabel(tr("Loading the model...")))
    , m_project(new ProjectBridge(open, this)) {
    setAcceptDrops(true);
    setWindowTitle(tr("Throughline"));
    layOut();
    createFileMenu();
    createViewMenu();
    createSessionMenu();
    createHelpMenu();
    connectPanes();
    connectProject();
    restoreLayout();
    showStartPage();
}

void MainWindow::layOut() {
    m_panes->addWidget(m_corpus);
    m_panes->addWidget(m_reader);
    m_panes->addWidget(m_question);
    m_panes->setChildrenCollapsible(false);
    m_panes->setSizes({430, 390, 380});
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_strip);
    layout->addWidget(m_news);
    layout->addWidget(m_pages, 1);
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_panes);
    setCentralWidget(centre);

    m_model->setAccessibleName(tr("Model"));
    statusBar()->addWidget(m_readingBar);
    m_keptIn->setAccessibleName(tr("Project file"));
    statusBar()->addPermanentWidget(m_keptIn);
    statusBar()->addPermanentWidget(m_model);
    resize(1200, 700);
}

void MainWindow::createFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    QAction* folder = menu->addAction(tr("Open &Folder..."), this, &MainWindow::chooseFolder);
    folder->setShortcut(QKeySequence::Open);
    menu->addAction(tr("Open F&iles..."), this, &MainWindow::chooseFiles)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    menu->addAction(tr("Open &Project..."), this, &MainWindow::chooseProject)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O));
    m_recent = menu->addMenu(tr("Open &Recent"));
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    menu->addSeparator();
    m_closeAction = menu->addAction(tr("&Close Project"), this, &MainWindow::closeProject);
    m_closeAction->setShortcut(QKeySequence::Close);
    QAction* quit = menu->addAction(tr("&Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::createViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    const auto addToggle = [menu](const QString& name, QWidget* pane) {
        QAction* toggle = menu->addAction(name);
        toggle->setCheckable(true);
        toggle->setChecked(true);
        connect(toggle, &QAction::toggled, pane, &QWidget::setVisible);
    };
    addToggle(tr("&Corpus"), m_corpus);
    addToggle(tr("&Reader"), m_reader);
    m_overview = menu->addAction(tr("&Overview"));
    m_overview->setCheckable(true);
    m_overview->setEnabled(false);
    m_overview->setStatusTip(tr("What the files say of themselves, in place of the conversation"));
    connect(m_overview, &QAction::toggled, this, [this](bool isShown) {
        isShown ? m_question->showOverview() : m_question->showConversation();
    });
    menu->addSeparator();
    menu->addAction(tr("&Go to Line"), m_reader, &ReaderPane::askForLine)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_G));
    m_nextCitation =
        menu->addAction(tr("&Next Citation"), this, [this] { m_conversation->openNeighbour(1); });
    m_nextCitation->setShortcut(QKeySequence(Qt::Key_F3));
    m_previousCitation = menu->addAction(
        tr("&Previous Citation"), this, [this] { m_conversation->openNeighbour(-1); });
    m_previousCitation->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3));
}

void MainWindow::createSessionMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Session"));
    m_readAction = menu->addAction(tr("&Read"), m_project, &ProjectBridge::read);
    m_readAction->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_R));
    m_askAction = menu->addAction(tr("&Ask"), m_question, &QuestionPane::ask);
    m_askAction->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_stopAction = menu->addAction(tr("&Stop"), m_project, &ProjectBridge::cancel);
    m_stopAction->setShortcut(QKeySequence(Qt::Key_Escape));
    menu->addSeparator();
    m_secondLook = menu->addAction(tr("Second &Look"));
    m_secondLook->setCheckable(true);
    m_secondLook->setChecked(true);
    m_secondLook->setStatusTip(tr("Read the best passages once more before answering"));
    m_ocr = menu->addAction(tr("Scanned &Pages and Images"));
    m_ocr->setCheckable(true);
    m_ocr->setStatusTip(
        tr("Read scanned and garbled pages of PDFs, and images, with Tesseract, where it is "
           "installed"));
    connect(m_ocr, &QAction::toggled, this, &MainWindow::chooseAgain);
}

void MainWindow::createHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(tr("&About Throughline"), this, &MainWindow::showAbout)
        ->setMenuRole(QAction::AboutRole);
}

void MainWindow::connectPanes() {
    connect(m_news, &MessageStrip::actionRequested, this, &MainWindow::doOffered);
    connect(m_start, &StartPage::folderRequested, this, &MainWindow::chooseFolder);
    connect(m_start, &StartPage::filesRequested, this, &MainWindow::chooseFiles);
    connect(m_start, &StartPage::projectRequested, this, &MainWindow::chooseProject);
    connect(m_start, &StartPage::sampleRequested, this, &MainWindow::chooseSample);
    connect(m_start, &StartPage::projectActivated, this, [this](const QString& file) {
        openProjectFile(toPath(file));
    });
    connect(m_start, &StartPage::forgetRequested, this, [this](const QString& file) {
        RecentProjects::forget(file);
        m_start->showProjects(RecentProjects::list());
    });
    connect(m_corpus, &CorpusPane::chooseFolderRequested, this, &MainWindow::chooseFolder);
    connect(m_corpus, &CorpusPane::readRequested, m_project, &ProjectBridge::read);
    connect(m_corpus, &CorpusPane::fileActivated, this, [this](const QString& file) {
        openPlace({.file = file});
    });
    connect(m_corpus, &CorpusPane::patternsEntered, this, &MainWindow::chooseAgain);
    connect(m_corpus, &CorpusPane::passwordWanted, this, &MainWindow::askPassword);
    connect(m_question, &QuestionPane::asked, this, &MainWindow::ask);
    connect(m_question, &QuestionPane::stopRequested, m_project, &ProjectBridge::cancel);
    connect(m_conversation, &ConversationView::placeActivated, this, &MainWindow::openPlace);
    connect(m_question->overview(), &OverviewPage::placeActivated, this, &MainWindow::openPlace);
    connect(m_readingBar, &ReadingBar::cancelRequested, m_project, &ProjectBridge::cancel);
}

void MainWindow::connectProject() {
    connect(m_project, &ProjectBridge::modelLoaded, this, &MainWindow::showModel);
    connect(m_project, &ProjectBridge::filesListed, m_corpus, &CorpusPane::showFiles);
    connect(m_project, &ProjectBridge::filesCounted, m_corpus, &CorpusPane::updateFiles);
    connect(m_project, &ProjectBridge::planned, this, &MainWindow::showPlan);
    connect(m_project, &ProjectBridge::opened, this, &MainWindow::showOpened);
    connect(m_project, &ProjectBridge::keeping, this, &MainWindow::showKeeping);
    connect(m_project, &ProjectBridge::notKept, this, &MainWindow::showNotKept);
    connect(m_project, &ProjectBridge::checked, this, &MainWindow::showCheck);
    connect(m_project, &ProjectBridge::reading, this, &MainWindow::showReading);
    connect(m_project, &ProjectBridge::readFinished, this, &MainWindow::showReadFinished);
    connect(m_project, &ProjectBridge::overviewReady, this, &MainWindow::showOverview);
    connect(m_project, &ProjectBridge::answerPiece, m_conversation, &ConversationView::append);
    connect(m_project, &ProjectBridge::answered, this, &MainWindow::showAnswer);
    connect(m_project, &ProjectBridge::failed, this, &MainWindow::showFailure);
    connect(m_project, &ProjectBridge::activityChanged, this, &MainWindow::updateActions);
}

// What was kept of the last window, where it still fits on a screen.
void MainWindow::restoreLayout() {
    const QSettings settings = windowSettings();
    restoreGeometry(settings.value(key(kGeometry)).toByteArray());
    m_panes->restoreState(settings.value(key(kPanes)).toByteArray());
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings = windowSettings();
    settings.setValue(key(kGeometry), saveGeometry());
    settings.setValue(key(kPanes), m_panes->saveState());
    QMainWindow::closeEvent(event);
}

// At once, not when the window is closed: the next start finds it after a crash as well.
void MainWindow::rememberOpen() {
    windowSettings().setValue(key(kLastProject), toText(m_kept.file));
}

void MainWindow::openLast() {
    const RecentProject last{windowSettings().value(key(kLastProject)).toString()};
    if (last.isThere()) {
        openProjectFile(toPath(last.file));
    }
}

void MainWindow::fillRecentMenu() {
    m_recent->clear();
    const QDateTime now = QDateTime::currentDateTime();
    const QList<RecentProject> projects = RecentProjects::list();
    for (const RecentProject& project : projects) {
        // An ampersand would mark a letter as the entry's key.
        const QString name = project.name().replace(QLatin1Char('&'), QStringLiteral("&&"));
        QAction* open = m_recent->addAction(
            project.isThere()
                ? tr("%1 (%2, %3, %4)")
                      .arg(name, project.stateText(), project.sizeText(), project.ageText(now))
                : tr("%1 (%2)").arg(name, project.stateText()),
            this,
            [this, project] { openProjectFile(toPath(project.file)); });
        open->setEnabled(project.isThere());
        open->setStatusTip(project.file);
    }
    if (projects.isEmpty()) {
        m_recent->addAction(tr("No projects yet"))->setEnabled(false);
    }
}

void MainWindow::showStartPage() {
    m_start->showProjects(RecentProjects::list());
    m_start->setSampleAvailable(findSample().has_value());
    m_pages->setCurrentWidget(m_start);
    updateActions();
}

void MainWindow::showAbout() {
    auto* about = new QMessageBox(this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->setWindowTitle(tr("About Throughline"));
    about->setText(tr("Throughline %1").arg(QStringLiteral(TL_VERSION)));
    about->setInformativeText(
        tr("Reads whole folders and answers questions with citations that are checked. "
           "Everything stays on this computer. Apache License 2.0."));
    about->open();
}

}  // namespace tl
