// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/xml_tables.h"

#include <algorithm>
#include <vector>

#include "ingest/xml/xml_tree.h"

namespace tl {
namespace {

class TableFinder final : public XmlVisitor {
public:
    TableFinder(const TableNames& names, std::unordered_set<const void*>& found)
        : m_names(names), m_found(found) {}

    bool enter(pugi::xml_node node) override {
        const std::string_view name = localName(node);
        if (name == m_names.table) {
            // From the innermost outwards, up to one that is known: so are those around it.
            for (auto table = m_open.rbegin(); table != m_open.rend(); ++table) {
                if (!m_found.insert(table->node).second) {
                    break;
                }
            }
            m_open.push_back({node.internal_object()});
        } else if (name == m_names.row && !m_open.empty()) {
            m_open.back().cells = 0;
        } else if (name == m_names.cell && !m_open.empty()) {
            OpenTable& table = m_open.back();
            const int repeated = std::max(1, intAttributeOf(node, "number-columns-repeated", 1));
            table.cells += repeated;
            table.mostCells = std::max(table.mostCells, table.cells);
        }
        return true;
    }

    void leave(pugi::xml_node node) override {
        if (localName(node) != m_names.table) {
            return;
        }
        if (m_open.back().mostCells < 2) {
            m_found.insert(node.internal_object());
        }
        m_open.pop_back();
    }

    void text(std::string_view) override {}

private:
    struct OpenTable {
        const void* node;
        int64_t cells = 0;
        int64_t mostCells = 0;
    };

    const TableNames& m_names;
    std::unordered_set<const void*>& m_found;
    std::vector<OpenTable> m_open;
};

}  // namespace

void LayoutTables::add(pugi::xml_node root, const TableNames& names) {
    TableFinder finder(names, m_tables);
    walkXml(root, finder);
}

}  // namespace tl
