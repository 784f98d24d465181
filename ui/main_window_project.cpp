// SPDX-License-Identifier: Apache-2.0
// What the window does with its project. What comes of it stands in main_window_events.cpp.
#include <utility>

#include <QAction>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QInputDialog>
#include <QLabel>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>

#include "app/question_parts.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/main_window.h"
#include "ui/question/conversation_view.h"
#include "ui/question/overview_page.h"
#include "ui/question/question_pane.h"
#include "ui/reader/reader_pane.h"
#include "ui/start/start_page.h"
#include "ui/widgets/local_path.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

std::vector<std::filesystem::path> localPaths(const QMimeData& mime) {
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : mime.urls()) {
        if (url.isLocalFile()) {
            paths.push_back(toPath(url.toLocalFile()));
        }
    }
    return paths;
}

}  // namespace

void MainWindow::choose(const std::vector<std::filesystem::path>& paths) {
    if (paths.empty()) {
        return;
    }
    if (paths.size() == 1 && isProjectPath(paths.front())) {
        openProjectFile(paths.front());
        return;
    }
    chooseAnew(paths, {});
}

void MainWindow::chooseAnew(std::vector<std::filesystem::path> paths,
                            std::filesystem::path project) {
    beginCorpus(paths.front());
    m_choice.paths = std::move(paths);
    m_place = {.file = std::move(project), .takesUp = true};
    chooseAgain();
    m_place.takesUp = false;  // from here on the choice is what the window says
}

void MainWindow::openProjectFile(const std::filesystem::path& file) {
    beginCorpus(file.stem());
    m_state.corpus = WindowState::Corpus::kCounting;
    m_place = {.file = file};
    m_project->open(file);
}

// The window is emptied for another corpus.
void MainWindow::beginCorpus(const std::filesystem::path& titled) {
    m_choice = {};
    m_kept = {};
    rememberOpen();
    m_keptIn->clear();
    m_conversation->clearEntries();
    setWindowTitle(titleOf(titled));
    resetCorpus();
    m_pages->setCurrentWidget(m_panes);
}

void MainWindow::resetCorpus() {
    m_unasked.clear();
    m_strip->hide();
    m_news->hide();
    m_reader->clear();
    m_overview->setChecked(false);
    m_overview->setEnabled(false);
    m_readingBar->setText({});
}

void MainWindow::closeProject() {
    m_project->close();
    beginCorpus({});
    m_corpus->showFiles(0, {});
    m_state.corpus = WindowState::Corpus::kNone;
    setWindowTitle(tr("Throughline"));
    showStartPage();
}

// With the passwords and settings of now. What was said stays.
void MainWindow::chooseAgain() {
    if (m_choice.paths.empty()) {
        return;
    }
    m_choice.ocr = m_ocr->isChecked();
    m_choice.include = m_corpus->included();
    m_choice.exclude = m_corpus->excluded();
    m_state.corpus = WindowState::Corpus::kCounting;
    resetCorpus();
    m_project->choose(m_choice, m_place);
}

// The files as they are now, of the project's own choice; then what is not read of them.
void MainWindow::bringUpToDate() {
    m_news->hide();
    m_state.corpus = WindowState::Corpus::kCounting;
    m_project->choose(m_choice, {.file = m_kept.file});
    m_project->read();
}

void MainWindow::doOffered() {
    m_news->hide();
    switch (m_offer) {
        case Offer::kUpdate:
            bringUpToDate();
            break;
        case Offer::kAnotherPlace:
            choosePlace();
            break;
        case Offer::kNone:
            break;
    }
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

void MainWindow::chooseProject() {
    auto* dialog = new QFileDialog(this, tr("Open a Project"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Throughline projects (*.throughline)"), tr("All files (*)")});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        openProjectFile(toPath(name));
    });
    dialog->open();
}

// Where the project is kept instead of beside its files.
void MainWindow::choosePlace() {
    auto* dialog = new QFileDialog(this, tr("Keep the Project As"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("throughline"));
    dialog->setNameFilters({tr("Throughline projects (*.throughline)")});
    dialog->selectFile(windowTitle() + QStringLiteral(".throughline"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        m_place = {.file = toPath(name)};
        chooseAgain();
    });
    dialog->open();
}

void MainWindow::chooseSample() {
    if (const std::optional<SamplePlaces> sample = findSample()) {
        chooseAnew({sample->folder}, sample->project);
    }
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

}  // namespace tl
