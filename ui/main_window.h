// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <QMainWindow>

#include "app/app_types.h"
#include "base/result.h"
#include "ui/project_bridge.h"
#include "ui/widgets/shown_place.h"

class QAction;
class QFileDialog;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace tl {

class ConversationView;
class CorpusPane;
class MessageStrip;
class QuestionPane;
class ReaderPane;
class ReadingBar;
class StartPage;

// How far model and corpus have come.
struct WindowState {
    enum class Model { kLoading, kLoaded, kMissing };
    enum class Corpus {
        kNone,
        kCounting,   // its files are being listed
        kRefused,    // nothing to read, or over the limit
        kReady,      // it can be read and asked about
        kRead,       // to its end
        kReopening,  // as it was kept, since listing it anew came to nothing
    };

    bool canAsk() const { return corpus == Corpus::kReady || corpus == Corpus::kRead; }

    Model model = Model::kLoading;
    Corpus corpus = Corpus::kNone;
};

// The one window: corpus, reader and conversation side by side, over one project.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const ProjectBridge::Opener& open, QWidget* parent = nullptr);

    // Loading cannot be stopped; destroying the window meanwhile waits for its end.
    bool isModelLoading() const { return m_state.model == WindowState::Model::kLoading; }

    // Forgets the corpus there is and lists these, or opens the project that is there of them; a
    // project file is opened. Does nothing for none.
    void choose(const std::vector<std::filesystem::path>& paths);
    // Opens the project that was open when the window was last closed, if it is there.
    void openLast();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void layOut();
    void createFileMenu();
    void createViewMenu();
    void createSessionMenu();
    void createHelpMenu();
    void connectPanes();
    void connectProject();

    void restoreLayout();
    void fillRecentMenu();
    void showStartPage();

    void chooseFolder();
    void chooseFiles();
    void chooseProject();
    void choosePlace();
    void chooseSample();
    // These files, in the project that is there for them or is made: in `project`, or beside them.
    void chooseAnew(std::vector<std::filesystem::path> paths, std::filesystem::path project);
    void openDialog(QFileDialog* dialog);
    void openProjectFile(const std::filesystem::path& file);
    void closeProject();
    void chooseAgain();
    void beginCorpus(const std::filesystem::path& titled);
    void resetCorpus();
    void bringUpToDate();
    void doOffered();
    void askPassword(const QString& file);
    void ask(const QString& question);
    void askNextPart();
    void openPlace(const ShownPlace& place);
    void showAbout();

    void showModel(const ModelSummary& model);
    void showPlan(const PlanSummary& plan);
    void showOpened(const KeptProject& project);
    void showKeeping(const KeptProject& project);
    void showNotKept(const Error& error);
    void showCheck(const SourceCheck& check);
    void showReading(const ReadingProgress& progress);
    void noteProject(const KeptProject& project);
    void rememberOpen();
    void reopenKept();
    void showReadFinished(const ReadingProgress& progress);
    void showOverview(const Overview& overview);
    void showAnswer(int64_t id, const Answer& answer);
    void showFailure(int64_t id, const Error& error);
    void updateActions();
    void showActivity();

    // What the button of the news strip does.
    enum class Offer { kNone, kUpdate, kAnotherPlace };

    MessageStrip* m_strip;
    MessageStrip* m_news;
    StartPage* m_start;
    CorpusPane* m_corpus;
    ReaderPane* m_reader;
    QuestionPane* m_question;
    ConversationView* m_conversation;  // of the question pane
    QSplitter* m_panes;
    QStackedWidget* m_pages;  // the start page, or the panes
    ReadingBar* m_readingBar;
    QLabel* m_keptIn;
    QLabel* m_model;
    QMenu* m_recent = nullptr;
    QAction* m_closeAction = nullptr;
    QAction* m_askAction = nullptr;
    QAction* m_stopAction = nullptr;
    QAction* m_readAction = nullptr;
    QAction* m_secondLook = nullptr;
    QAction* m_ocr = nullptr;
    QAction* m_overview = nullptr;
    QAction* m_nextCitation = nullptr;
    QAction* m_previousCitation = nullptr;

    SourceChoice m_choice;  // what the corpus was made of
    ProjectPlace m_place;   // and where it is kept
    KeptProject m_kept;     // the open project; its file is empty while there is none
    WindowState m_state;
    Offer m_offer = Offer::kNone;
    std::vector<std::string> m_unasked;  // parts of the question that wait for their turn
    ProjectBridge* m_project;            // last: its events find all widgets made
};

// Shows the window until it is closed; the exit status. Ends the process at once where the model
// is still being loaded then. REQUIRES: a QApplication
int showUntilClosed(MainWindow& window);

}  // namespace tl
