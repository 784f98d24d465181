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

namespace tl {

class ConversationView;
class CorpusPane;
class MessageStrip;
class QuestionPane;
class ReaderPane;
class ReadingBar;

// The one window: corpus, reader and conversation side by side, over one project.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const ProjectBridge::Opener& open, QWidget* parent = nullptr);

    // Loading cannot be stopped; destroying the window meanwhile waits for its end.
    bool isModelLoading() const { return m_isModelLoading; }

    // Forgets the corpus there is and lists these; does nothing for none.
    void choose(const std::vector<std::filesystem::path>& paths);

protected:
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

    void chooseFolder();
    void chooseFiles();
    void openDialog(QFileDialog* dialog);
    void chooseAgain();
    void askPassword(const QString& file);
    void ask(const QString& question);
    void askNextPart();
    void openPlace(const ShownPlace& place);
    void showAbout();

    void showModel(const ModelSummary& model);
    void showPlan(const PlanSummary& plan);
    void showReadFinished(const ReadingProgress& progress);
    void showOverview(const Overview& overview);
    void showAnswer(int64_t id, const Answer& answer);
    void showFailure(int64_t id, const Error& error);
    void updateActions();
    void showActivity();

    MessageStrip* m_strip;
    CorpusPane* m_corpus;
    ReaderPane* m_reader;
    QuestionPane* m_question;
    ConversationView* m_conversation;  // of the question pane
    QSplitter* m_panes;
    ReadingBar* m_readingBar;
    QLabel* m_model;
    QAction* m_askAction = nullptr;
    QAction* m_stopAction = nullptr;
    QAction* m_readAction = nullptr;
    QAction* m_secondLook = nullptr;
    QAction* m_ocr = nullptr;
    QAction* m_overview = nullptr;
    QAction* m_nextCitation = nullptr;
    QAction* m_previousCitation = nullptr;

    SourceChoice m_choice;  // what the corpus was made of
    bool m_isModelLoading = true;
    bool m_isModelLoaded = false;
    bool m_isPlanned = false;  // there is a corpus that can be read
    bool m_isRead = false;
    std::vector<std::string> m_unasked;  // parts of the question that wait for their turn
    ProjectBridge* m_project;            // last: its events find all widgets made
};

// Shows the window until it is closed; the exit status. Ends the process at once where the model
// is still being loaded then. REQUIRES: a QApplication
int showUntilClosed(MainWindow& window);

}  // namespace tl
