// SPDX-License-Identifier: Apache-2.0
#include "ui/corpus/file_list_model.h"

#include <algorithm>

#include <QLocale>

namespace tl {
namespace {

// Numbers end below each other, and their headings with them.
QVariant alignment(int column) {
    const bool isNumber = column == FileListModel::kTokens || column == FileListModel::kPages ||
                          column == FileListModel::kSize;
    return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

// "code, C++"; "PDF".
QString kindText(const FileRow& row) {
    const QString kind = QString::fromStdString(row.kind);
    return row.language.empty()
               ? kind
               : kind + QStringLiteral(", ") + QString::fromStdString(row.language);
}

QString remarksText(const std::vector<Remark>& remarks, const QString& separator) {
    QStringList lines;
    for (const Remark& remark : remarks) {
        lines += QString::fromStdString(remark.text);
    }
    return lines.join(separator);
}

QString stateText(const FileRow& row) {
    const QString reason = remarksText(row.reasons, QStringLiteral(", "));
    switch (row.state) {
        case FileRow::State::kWaiting:
            return FileListModel::tr("waiting");
        case FileRow::State::kIn:
            return reason.isEmpty() ? FileListModel::tr("in")
                                    : FileListModel::tr("in: %1").arg(reason);
        case FileRow::State::kOpened:
            return FileListModel::tr("opened");
        case FileRow::State::kSkipped:
            break;
    }
    return FileListModel::tr("skipped: %1").arg(reason);
}

// Where the file lies, and what it says of itself.
QString fileText(const FileRow& row) {
    QStringList lines = {QString::fromStdString(row.path.string())};
    for (const std::string& words : {row.title, row.author, row.date}) {
        if (!words.empty()) {
            lines += QString::fromStdString(words);
        }
    }
    return lines.join(QStringLiteral("\n"));
}

}  // namespace

void FileListModel::setRows(const std::vector<FileRow>& rows) {
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

void FileListModel::appendRows(int64_t from, const std::vector<FileRow>& rows) {
    if (from != rowCount() || rows.empty()) {
        return;
    }
    const int last = rowCount() + static_cast<int>(rows.size()) - 1;
    beginInsertRows({}, rowCount(), last);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    endInsertRows();
}

void FileListModel::updateRows(const std::vector<std::pair<int64_t, FileRow>>& rows) {
    int64_t first = rowCount();
    int64_t last = -1;
    for (const auto& [at, row] : rows) {
        if (at < 0 || at >= rowCount()) {
            continue;
        }
        m_rows[static_cast<size_t>(at)] = row;
        first = std::min(first, at);
        last = std::max(last, at);
    }
    if (last >= first) {
        Q_EMIT dataChanged(index(static_cast<int>(first), 0),
                           index(static_cast<int>(last), kColumnCount - 1));
    }
}

bool FileListModel::hasContents(Column column) const {
    return std::any_of(m_rows.begin(), m_rows.end(), [&](const FileRow& row) {
        return !display(row, column).isEmpty();
    });
}

int FileListModel::lockedFiles() const {
    return static_cast<int>(std::ranges::count(m_rows, true, &FileRow::needsPassword));
}

const FileRow& FileListModel::row(const QModelIndex& index) const {
    return m_rows[static_cast<size_t>(index.row())];
}

int FileListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FileListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumnCount;
}

QVariant FileListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const FileRow& row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return display(row, index.column());
        case Qt::ToolTipRole:
            // A narrow column cuts the state first, and that is where the reason stands.
            if (index.column() == kState) {
                return display(row, kState);
            }
            return index.column() == kWarnings && !row.warnings.empty()
                       ? remarksText(row.warnings, QStringLiteral("\n"))
                       : fileText(row);
        case Qt::TextAlignmentRole:
            return alignment(index.column());
        default:
            return {};
    }
}

QString FileListModel::display(const FileRow& row, int column) const {
    const bool isCounted = row.state == FileRow::State::kIn ||
                           (row.state == FileRow::State::kOpened && row.tokens > 0);
    switch (column) {
        case kName:
            return QString::fromStdString(row.name) +
                   (row.isFolder && !row.name.ends_with('/') ? QStringLiteral("/") : QString());
        case kKind:
            return kindText(row);
        case kPages:
            return row.pages == 0 ? QString()
                                  : QLocale().toString(static_cast<qlonglong>(row.pages));
        case kWarnings:
            return remarksText(row.warnings, QStringLiteral("; "));
        case kTokens:
            return isCounted ? QLocale().toString(static_cast<qlonglong>(row.tokens)) : QString();
        case kSize:
            return row.isFolder ? QString() : QLocale().formattedDataSize(row.bytes);
        case kState:
            return stateText(row);
        default:
            return {};
    }
}

QVariant FileListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignment(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
        case kName:
            return tr("Name");
        case kKind:
            return tr("Kind");
        case kPages:
            return tr("Pages");
        case kWarnings:
            return tr("Warnings");
        case kTokens:
            return tr("Tokens");
        case kSize:
            return tr("Size");
        case kState:
            return tr("State");
        default:
            return {};
    }
}

}  // namespace tl
