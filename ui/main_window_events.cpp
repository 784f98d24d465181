// SPDX-License-Identifier: Apache-2.0
// What the window shows of what its project tells.
#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QStringList>

#include "app/wording.h"
#include "ui/corpus/corpus_pane.h"
#include "ui/corpus/file_list_model.h"
#include "ui/main_window.h"
#include "ui/question/conversation_view.h"
#include "ui/question/overview_page.h"
#include "ui/question/question_pane.h"
#include "ui/start/recent_projects.h"
#include "ui/widgets/local_path.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/reading_bar.h"

namespace tl {
namespace {

// Between two notes of how far a project is read.
constexpr int64_t kNotedTokens = 16384;

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

void MainWindow::showModel(const ModelSummary& model) {
    m_state.model = WindowState::Model::kLoaded;
    m_model->setText(tr("%1, %2").arg(QString::fromStdString(model.name),
                                      QString::fromStdString(model.backend)));
}

void MainWindow::showPlan(const PlanSummary& plan) {
    const bool isFit = plan.problem.empty();
    if (m_state.corpus != WindowState::Corpus::kReopening || !isFit) {
        m_state.corpus = isFit ? WindowState::Corpus::kReady : WindowState::Corpus::kRefused;
    }
    m_corpus->showPlan(plan);
    m_readingBar->setText({});
    if (isFit) {
        m_question->focusQuestion();
    }
    if (const QString notice = noticeOf(plan, m_corpus->model()->lockedFiles());
        !notice.isEmpty()) {
        m_strip->showMessage(notice);
    }
    updateActions();
}

void MainWindow::showOpened(const KeptProject& project) {
    const bool isReopened = m_state.corpus == WindowState::Corpus::kReopening;
    m_state.corpus = WindowState::Corpus::kReady;
    m_choice = project.sources;
    m_corpus->showPatterns(m_choice.include, m_choice.exclude);
    const QSignalBlocker silent(m_ocr);
    m_ocr->setChecked(m_choice.ocr);
    setWindowTitle(titleOf(m_choice.paths.empty() ? project.file.stem() : m_choice.paths.front()));
    noteProject(project);
    if (isReopened) {
        updateActions();
        return;
    }
    m_conversation->showEarlier(project.answers);
    m_project->check();
    updateActions();
}

// What is read from here on is safe. A reading that goes on says so.
void MainWindow::showKeeping(const KeptProject& project) {
    noteProject(project);
    if (project.tokensRead > 0 && project.tokensRead < project.tokensTotal) {
        const QLocale locale;
        m_offer = Offer::kNone;
        m_news->showMessage(tr("Reading goes on at %1 of %2 tokens.")
                                .arg(locale.toString(static_cast<qlonglong>(project.tokensRead)),
                                     locale.toString(static_cast<qlonglong>(project.tokensTotal))));
    }
}

void MainWindow::showNotKept(const Error& error) {
    m_offer = Offer::kAnotherPlace;
    m_news->showMessage(tr("%1. What is read and asked is not kept when the window closes.")
                            .arg(QString::fromStdString(error.message)),
                        tr("Keep It Elsewhere..."));
}

void MainWindow::showReading(const ReadingProgress& progress) {
    m_readingBar->showProgress(progress);
    if (!m_kept.file.empty() && progress.tokensDone - m_kept.tokensRead >= kNotedTokens) {
        KeptProject further = m_kept;
        further.tokensRead = progress.tokensDone;
        noteProject(further);
    }
}

// Remembers the project for the next start.
void MainWindow::noteProject(const KeptProject& project) {
    m_kept = project;
    rememberOpen();
    m_place = {.file = project.file};
    m_keptIn->setText(toText(project.file.filename()));
    m_keptIn->setToolTip(tr("Kept in %1").arg(toText(project.file)));
    RecentProjects::note({toText(project.file), {}, project.tokensRead, project.tokensTotal});
}

// A reading that has not come to its end goes on by itself, where its files are there.
void MainWindow::showCheck(const SourceCheck& check) {
    m_offer = Offer::kNone;
    if (!check.problem.empty()) {
        m_news->showMessage(QString::fromStdString(check.problem));
    } else if (check.missing) {
        m_news->showMessage(tr("%1: not there any more. Answers come from what was read.")
                                .arg(toText(*check.missing)));
    } else if (m_kept.tokensRead < m_kept.tokensTotal) {
        bringUpToDate();
    } else if (!check.changes.empty()) {
        const QString price =
            check.seconds
                ? tr("%1 tokens, %2")
                      .arg(QLocale().toString(static_cast<qlonglong>(check.tokensToRead)),
                           QString::fromStdString(aboutSeconds(*check.seconds)))
                : tr("%1 tokens")
                      .arg(QLocale().toString(static_cast<qlonglong>(check.tokensToRead)));
        m_offer = Offer::kUpdate;
        m_news->showMessage(tr("Files have changed since they were read: %1. Updating reads %2.")
                                .arg(QString::fromStdString(check.changes), price),
                            tr("&Update"));
    }
}

void MainWindow::showReadFinished(const ReadingProgress& progress) {
    m_state.corpus = WindowState::Corpus::kRead;
    if (!m_kept.file.empty()) {
        KeptProject whole = m_kept;
        whole.tokensRead = whole.tokensTotal;
        noteProject(whole);
    }
    if (m_offer == Offer::kNone) {
        m_news->hide();  // "goes on", which is over
    }
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
    if (m_state.model == WindowState::Model::kLoading) {
        m_state.model = WindowState::Model::kMissing;
    }
    const bool isStopped = error.code == ErrorCode::kCancelled;
    const QString message = isStopped ? tr("Stopped.") : QString::fromStdString(error.message);
    if (id > 0) {
        m_conversation->fail(id, message);
    } else if (m_state.corpus == WindowState::Corpus::kCounting) {
        m_corpus->showIncomplete();
        reopenKept();
    } else if (!m_kept.file.empty() &&
               (error.code == ErrorCode::kBusy || error.code == ErrorCode::kIo)) {
        reopenKept();  // another process reads into it, or the disk is full
    }
    const bool isKept = id == 0 && m_state.canAsk() && !m_kept.file.empty();
    m_readingBar->setText(!isStopped ? QString()
                          : isKept   ? tr("Stopped. What was read is kept.")
                                     : message);
    if (isStopped && m_offer == Offer::kNone) {
        m_news->hide();  // that reading goes on
    }
    if (!isStopped) {
        m_strip->showMessage(message);
        // The model is loaded before any command is done, so the first failure is its own.
        if (m_state.model == WindowState::Model::kMissing) {
            m_model->setText(tr("No model"));
        }
    }
    updateActions();
}

// Listing the files of the open project anew, or reading on, came to nothing: what is kept is still
// there to ask about.
void MainWindow::reopenKept() {
    if (m_kept.file.empty()) {
        m_state.corpus = WindowState::Corpus::kRefused;
        return;
    }
    m_state.corpus = WindowState::Corpus::kReopening;
    m_project->open(m_kept.file);
}

void MainWindow::updateActions() {
    const bool isBusy = m_project->isBusy();
    const bool canAsk = m_state.canAsk() && !m_project->isAnswering();
    const bool canRead = m_state.corpus == WindowState::Corpus::kReady && !isBusy;
    m_closeAction->setEnabled(m_pages->currentWidget() == m_panes);
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
