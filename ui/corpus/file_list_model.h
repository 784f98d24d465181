// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <QAbstractTableModel>

#include "app/app_types.h"

namespace tl {

// The chosen files and folders with what became of each. The list grows in batches, and so do rows
// change.
class FileListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    // What tells files apart and what became of them first; a narrow list shows no more.
    enum Column { kName, kTokens, kState, kKind, kPages, kWarnings, kSize, kColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const std::vector<FileRow>& rows);
    // Ignored when `from` is not the end of the list: they belong to a choice that is no more.
    void appendRows(int64_t from, const std::vector<FileRow>& rows);
    // Rows beyond the list are ignored, as in appendRows().
    void updateRows(const std::vector<std::pair<int64_t, FileRow>>& rows);

    // Whether any row has something to show there; columns that not every corpus has are hidden.
    bool hasContents(Column column) const;
    // How many files could not be read for want of a password.
    int lockedFiles() const;

    // REQUIRES: index is valid and of this model.
    const FileRow& row(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section,
                        Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString display(const FileRow& row, int column) const;

    std::vector<FileRow> m_rows;
};

}  // namespace tl
