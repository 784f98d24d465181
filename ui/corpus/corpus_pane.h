// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <QWidget>

#include "app/app_types.h"

class QLabel;
class QLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace tl {

class FileListModel;

// The chosen files, what reading them would take, and the buttons that choose and read.
class CorpusPane : public QWidget {
    Q_OBJECT

public:
    explicit CorpusPane(QWidget* parent = nullptr);

    // The list from a row on; 0 begins it anew.
    void showFiles(int64_t from, const std::vector<FileRow>& rows);
    void updateFiles(const std::vector<std::pair<int64_t, FileRow>>& rows);
    void showPlan(const PlanSummary& plan);
    // Counting ended before its plan.
    void showIncomplete();
    void setReadEnabled(bool isEnabled);

    // What is typed into the two lines of patterns.
    std::vector<std::string> included() const;
    std::vector<std::string> excluded() const;

    void showPatterns(const std::vector<std::string>& include,
                      const std::vector<std::string>& exclude);

    FileListModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QLineEdit* includeLine() const { return m_include; }
    QLineEdit* excludeLine() const { return m_exclude; }

Q_SIGNALS:
    void chooseFolderRequested();
    void readRequested();
    // Enter was pressed in a line of patterns.
    void patternsEntered();
    // A file that is in was clicked twice or Enter was pressed on it.
    void fileActivated(const QString& file);
    // Likewise on a file that needs a password.
    void passwordWanted(const QString& file);

private:
    QWidget* createEmptyPage();
    QLayout* createPatternLines();
    void createTable();
    void hideEmptyColumns();
    void activate(const QModelIndex& index);

    FileListModel* m_model;
    QStackedWidget* m_pages;
    QTableView* m_table;
    QLineEdit* m_include;
    QLineEdit* m_exclude;
    QLabel* m_summary;
    QPushButton* m_choose;
    QPushButton* m_read;
};

}  // namespace tl
