// SPDX-License-Identifier: Apache-2.0
#include "ui/main_window.h"

#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSplitter>
#include <QStatusBar>
#include <QStringList>
#include <QVBoxLayout>

#include "app/question_parts.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/corpus/file_list_model.h"
#include "ui/question/conversation_view.h"
#include "ui/question/overview_page.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

std::filesystem::path toPath(const QString& name) {
    return QFile::encodeName(name).toStdString();
}

std::vector<std::filesystem::path> localPaths(const QMimeData& mime) {
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : mime.urls()) {
        if (url.isLocalFile()) {
            paths.push_back(toPath(url.toLocalFile()));
        }
    }
    return paths;
}

// The name of what was chosen for the title: a folder given as "." or "dir/" has one too.
QString titleOf(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::path whole = std::filesystem::absolute(path, ignored).lexically_normal();
    if (!whole.has_filename()) {
        whole = whole.parent_path();
    }
    return QFile::decodeName(whole.filename().string().c_str());
}

// What a person should know of a plan: why it cannot be read, else what is missing from it; and
// what can be done about it.
QString noticeOf(const PlanSummary& plan, int lockedFiles) {
    QStringList sentences;
    if (!plan.problem.empty()) {
        sentences += QString::fromStdString(plan.problem);
    }
    if (lockedFiles > 0) {
        sentences +=
            lockedFiles == 1
                ? MainWindow::tr("A file needs a password: press Enter on it in the list.")
                : MainWindow::tr("%1 files need a password: press Enter on one in the list.")
                      .arg(lockedFiles);
    }
    if (plan.filesForOcr > 0) {
        sentences += plan.filesForOcr == 1 ? MainWindow::tr(
                                                 "A file has pages without usable text: "
                                                 "Session > Scanned Pages and Images reads them.")
                                           : MainWindow::tr(
                                                 "%1 files have pages without usable text: "
                                                 "Session > Scanned Pages and Images reads them.")
                                                 .arg(plan.filesForOcr);
    }
    if (!plan.warning.empty()) {
        sentences += QString::fromStdString(plan.warning);
    }
    return sentences.join(QStringLiteral("\n"));
}

}  // namespace

MainWindow::MainWindow(const ProjectBridge::Opener& open, QWidget* parent)
    : QMainWindow(parent)
    , m_strip(new MessageStrip)
    , m_corpus(new CorpusPane)
    , m_reader(new ReaderPane)
    , m_question(new QuestionPane)
    , m_conversation(m_question->conversation())
    , m_panes(new QSplitter)
    , m_readingBar(new ReadingBar)
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
    updateActions();
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
    layout->addWidget(m_panes, 1);
    setCentralWidget(centre);

    m_model->setAccessibleName(tr("Model"));
    statusBar()->addWidget(m_readingBar);
    statusBar()->addPermanentWidget(m_model);
    resize(1200, 700);
}

void MainWindow::createFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    QAction* folder = menu->addAction(tr("Open &Folder..."), this, &MainWindow::chooseFolder);
    folder->setShortcut(QKeySequence::Open);
    menu->addAction(tr("Open F&iles..."), this, &MainWindow::chooseFiles)
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    menu->addSeparator();
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
    connect(m_project, &ProjectBridge::reading, m_readingBar, &ReadingBar::showProgress);
    connect(m_project, &ProjectBridge::readFinished, this, &MainWindow::showReadFinished);
    connect(m_project, &ProjectBridge::overviewReady, this, &MainWindow::showOverview);
    connect(m_project, &ProjectBridge::answerPiece, m_conversation, &ConversationView::append);
    connect(m_project, &ProjectBridge::answered, this, &MainWindow::showAnswer);
    connect(m_project, &ProjectBridge::failed, this, &MainWindow::showFailure);
    connect(m_project, &ProjectBridge::activityChanged, this, &MainWindow::updateActions);
}

void MainWindow::choose(const std::vector<std::filesystem::path>& paths) {
    if (paths.empty()) {
        return;
    }
    m_choice.paths = paths;
    m_choice.passwords.clear();
    chooseAgain();
}

// With the passwords and settings of now.
void MainWindow::chooseAgain() {
    if (m_choice.paths.empty()) {
        return;
    }
    m_choice.ocr = m_ocr->isChecked();
    m_choice.include = m_corpus->included();
    m_choice.exclude = m_corpus->excluded();
    m_isPlanned = false;
    m_isRead = false;
    m_unasked.clear();
    m_strip->hide();
    m_reader->clear();
    m_conversation->clearEntries();
    m_overview->setChecked(false);
    m_overview->setEnabled(false);
    setWindowTitle(titleOf(m_choice.paths.front()));
    m_readingBar->setText({});
    m_project->choose(m_choice, {});
}

// Does not wait for the answer: what runs goes on behind the dialog.
void MainWindow::askPassword(const QString& file) {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Password"));
    dialog->setLabelText(tr("Password for %1. It is not saved.").arg(file));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& password) {
        m_choice.passwords.push_back(password.toStdString());
        chooseAgain();
    });
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (!localPaths(*event->mimeData()).empty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event) {
    choose(localPaths(*event->mimeData()));
    event->acceptProposedAction();
}

void MainWindow::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose a Folder"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    openDialog(dialog);
}

void MainWindow::chooseFiles() {
    auto* dialog = new QFileDialog(this, tr("Choose Files"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    openDialog(dialog);
}

// open() returns at once, so that answers go on streaming behind the dialog.
void MainWindow::openDialog(QFileDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& names) {
        std::vector<std::filesystem::path> paths;
        for (const QString& name : names) {
            paths.push_back(toPath(name));
        }
        choose(paths);
    });
    dialog->open();
}

// What asks several times is answered part by part.
void MainWindow::ask(const QString& question) {
    m_strip->hide();
    m_unasked = questionParts(question.toStdString());
    m_question->clearQuestion();
    askNextPart();
}

void MainWindow::askNextPart() {
    if (m_unasked.empty()) {
        return;
    }
    const QString question = QString::fromStdString(m_unasked.front());
    m_unasked.erase(m_unasked.begin());
    AskOptions options;
    options.secondLook = m_secondLook->isChecked();
    m_overview->setChecked(false);
    m_conversation->begin(m_project->ask(question, options), question);
}

void MainWindow::openPlace(const ShownPlace& place) {
    const std::optional<QString> text = m_project->text(place.file);
    if (!text) {
        m_strip->showMessage(tr("%1: not in the corpus").arg(place.file));
        return;
    }
    m_reader->showPlace(place, *text);
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

void MainWindow::showModel(const ModelSummary& model) {
    m_isModelLoading = false;
    m_isModelLoaded = true;
    m_model->setText(tr("%1, %2").arg(QString::fromStdString(model.name),
                                      QString::fromStdString(model.backend)));
}

void MainWindow::showPlan(const PlanSummary& plan) {
    m_isPlanned = plan.problem.empty();
    m_corpus->showPlan(plan);
    m_readingBar->setText({});
    if (m_isPlanned) {
        m_question->focusQuestion();
    }
    if (const QString notice = noticeOf(plan, m_corpus->model()->lockedFiles());
        !notice.isEmpty()) {
        m_strip->showMessage(notice);
    }
    updateActions();
}

void MainWindow::showReadFinished(const ReadingProgress& progress) {
    m_isRead = true;
    m_readingBar->setText(tr("Read: %1").arg(progressText(progress)));
    updateActions();
}

// Shown by itself only before the first question.
void MainWindow::showOverview(const Overview& overview) {
    m_question->overview()->showOverview(overview);
    m_overview->setEnabled(true);
    m_overview->setChecked(m_conversation->isEmpty());
}

void MainWindow::showAnswer(int64_t id, const Answer& answer) {
    m_conversation->finish(id, answer);
    m_readingBar->setText({});
    askNextPart();
    updateActions();
}

void MainWindow::showFailure(int64_t id, const Error& error) {
    m_unasked.clear();
    m_isModelLoading = false;
    const bool isStopped = error.code == ErrorCode::kCancelled;
    const QString message = isStopped ? tr("Stopped.") : QString::fromStdString(error.message);
    if (id > 0) {
        m_conversation->fail(id, message);
    } else if (!m_isPlanned) {
        m_corpus->showIncomplete();
    }
    m_readingBar->setText(isStopped ? message : QString());
    if (!isStopped) {
        m_strip->showMessage(message);
        // The model is loaded before any command is done, so the first failure is its own.
        if (!m_isModelLoaded) {
            m_model->setText(tr("No model"));
        }
    }
    updateActions();
}

void MainWindow::updateActions() {
    const bool isBusy = m_project->isBusy();
    const bool canAsk = m_isPlanned && !m_project->isAnswering();
    const bool canRead = m_isPlanned && !m_isRead && !isBusy;
    m_askAction->setEnabled(canAsk);
    m_question->setAskEnabled(canAsk);
    m_stopAction->setEnabled(isBusy);
    m_question->setStopEnabled(isBusy);
    m_readAction->setEnabled(canRead);
    m_corpus->setReadEnabled(canRead);
    m_nextCitation->setEnabled(m_conversation->hasPlaces());
    m_previousCitation->setEnabled(m_conversation->hasPlaces());
    showActivity();
}

void MainWindow::showActivity() {
    if (m_project->isChoosing()) {
        m_readingBar->showBusy(tr("Counting tokens..."));
    } else if (m_project->isReading()) {
        m_readingBar->showBusy(tr("Reading..."));
    } else if (m_project->isAnswering()) {
        m_readingBar->showBusy(tr("Answering..."));
    } else {
        m_readingBar->showIdle();
    }
}

}  // namespace tl
