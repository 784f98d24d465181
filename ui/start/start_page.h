// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include "ui/start/recent_projects.h"

class QLabel;
class QLayout;
class QPushButton;
class QStandardItemModel;
class QTreeView;

namespace tl {

// What the window shows before anything is chosen: ways to begin, and the projects of before.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void showProjects(const QList<RecentProject>& projects);
    void setSampleAvailable(bool isAvailable);

    QTreeView* projects() const { return m_projects; }
    QPushButton* sampleButton() const { return m_sample; }

Q_SIGNALS:
    void folderRequested();
    void filesRequested();
    void projectRequested();
    void sampleRequested();
    void projectActivated(const QString& file);
    // Delete was pressed on a project of the list; the file itself stays.
    void forgetRequested(const QString& file);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Column { kName, kState, kSize, kUsed, kPlace, kColumns };

    QLayout* createButtons();
    void createList();
    QString fileAt(const QModelIndex& index) const;

    QPushButton* m_sample;
    QLabel* m_title;
    QTreeView* m_projects;
    QStandardItemModel* m_model;
};

}  // namespace tl
