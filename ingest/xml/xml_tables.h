// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>
#include <string_view>
#include <unordered_set>

namespace tl {

// How a format calls a table, its rows and cells.
struct TableNames {
    std::string_view table;
    std::string_view row;
    std::string_view cell;
};

// Tables that put things in place: those with a table in a cell, or with one column. Their cells
// are read as paragraphs, where those of others are put in rows.
class LayoutTables {
public:
    void add(pugi::xml_node root, const TableNames& names);
    bool contains(pugi::xml_node table) const { return m_tables.contains(table.internal_object()); }

private:
    std::unordered_set<const void*> m_tables;
};

}  // namespace tl
