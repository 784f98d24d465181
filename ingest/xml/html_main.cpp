// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/html_main.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"

namespace tl {
namespace {

constexpr std::array<std::string_view, 11> kSurroundingRoles{"alertdialog",
                                                             "banner",
                                                             "complementary",
                                                             "contentinfo",
                                                             "dialog",
                                                             "menu",
                                                             "menubar",
                                                             "navigation",
                                                             "search",
                                                             "toolbar",
                                                             "tooltip"};
static_assert(std::is_sorted(kSurroundingRoles.begin(), kSurroundingRoles.end()));

int64_t visibleBytes(std::string_view text) {
    return std::count_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
}

// Headers with the page's <h1> and without a menu.
class TitleHeaderFinder final : public HtmlVisitor {
public:
    bool enter(const GumboNode* node) override {
        const GumboTag tag = tagOf(node);
        if (tag == GUMBO_TAG_HEADER) {
            m_open.push_back({node});
        } else if (!m_open.empty()) {
            m_open.back().hasTitle = m_open.back().hasTitle || tag == GUMBO_TAG_H1;
            m_open.back().hasMenu = m_open.back().hasMenu || tag == GUMBO_TAG_NAV;
        }
        return true;
    }
    void leave(const GumboNode* node) override {
        if (tagOf(node) != GUMBO_TAG_HEADER) {
            return;
        }
        if (m_open.back().hasTitle && !m_open.back().hasMenu) {
            found.insert(node);
        }
        m_open.pop_back();
    }
    void text(std::string_view) override {}

    std::unordered_set<const GumboNode*> found;

private:
    struct Header {
        const GumboNode* node;
        bool hasTitle = false;
        bool hasMenu = false;
    };
    std::vector<Header> m_open;
};

// Counts the text of each part that rule 3 may choose, and looks at tables on the way.
class PartCounter final : public HtmlVisitor {
public:
    explicit PartCounter(const std::unordered_set<const GumboNode*>& titleHeaders)
        : m_titleHeaders(titleHeaders) {}

    bool enter(const GumboNode* node) override {
        if (isNeverText(node)) {
            return false;
        }
        lookAtTable(node);
        m_mains += startsPart(node, HtmlMain::Part::kMain) ? 1 : 0;
        m_articles += startsPart(node, HtmlMain::Part::kArticles) ? 1 : 0;
        hasMain = hasMain || m_mains > 0;
        hasArticle = hasArticle || m_articles > 0;
        m_surroundings += isLeftOut(node) ? 1 : 0;
        m_sections += isSection(node) ? 1 : 0;
        return true;
    }

    void leave(const GumboNode* node) override {
        m_mains -= startsPart(node, HtmlMain::Part::kMain) ? 1 : 0;
        m_articles -= startsPart(node, HtmlMain::Part::kArticles) ? 1 : 0;
        m_sections -= isSection(node) ? 1 : 0;
        m_surroundings -= isLeftOut(node) ? 1 : 0;
        if (tagOf(node) == GUMBO_TAG_TABLE && !m_tables.empty()) {
            if (m_tables.back().mostCells < 2) {
                layoutTables.insert(node);
            }
            m_tables.pop_back();
        }
    }

    void text(std::string_view text) override {
        const int64_t bytes = visibleBytes(text);
        all += bytes;
        if (m_surroundings == 0) {
            body += bytes;
            main += m_mains > 0 ? bytes : 0;
            articles += m_articles > 0 ? bytes : 0;
        }
    }

    int64_t all = 0;
    int64_t body = 0;
    int64_t main = 0;
    int64_t articles = 0;
    bool hasMain = false;
    bool hasArticle = false;
    std::unordered_set<const GumboNode*> layoutTables;

private:
    struct OpenTable {
        const GumboNode* node;
        int cells = 0;
        int mostCells = 0;
    };

    bool isLeftOut(const GumboNode* node) const {
        return isSurrounding(node, m_sections > 0) && !m_titleHeaders.contains(node);
    }

    void lookAtTable(const GumboNode* node) {
        switch (tagOf(node)) {
            case GUMBO_TAG_TABLE:
                markTablesAround();
                m_tables.push_back({node});
                if (const auto role = attributeOf(node, "role");
                    role == "presentation" || role == "none") {
                    layoutTables.insert(node);
                }
                break;
            case GUMBO_TAG_H1:
            case GUMBO_TAG_H2:
            case GUMBO_TAG_H3:
            case GUMBO_TAG_PRE:
                markTablesAround();
                break;
            case GUMBO_TAG_TR:
                if (!m_tables.empty()) {
                    m_tables.back().cells = 0;
                }
                break;
            case GUMBO_TAG_TD:
            case GUMBO_TAG_TH:
                if (!m_tables.empty()) {
                    OpenTable& table = m_tables.back();
                    table.mostCells = std::max(table.mostCells, ++table.cells);
                }
                break;
            default:
                break;
        }
    }

    // From the innermost outwards, up to one that is marked: so are those around it.
    void markTablesAround() {
        for (auto table = m_tables.rbegin(); table != m_tables.rend(); ++table) {
            if (!layoutTables.insert(table->node).second) {
                break;
            }
        }
    }

    const std::unordered_set<const GumboNode*>& m_titleHeaders;
    int m_mains = 0;
    int m_articles = 0;
    int m_sections = 0;
    int m_surroundings = 0;
    std::vector<OpenTable> m_tables;
};

}  // namespace

bool isNeverText(const GumboNode* node) {
    if (node->v.element.tag_namespace == GUMBO_NAMESPACE_SVG) {
        return true;
    }
    switch (node->v.element.tag) {
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_CANVAS:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_DATALIST:
        case GUMBO_TAG_BUTTON:
        case GUMBO_TAG_TEXTAREA:
            return true;
        case GUMBO_TAG_HTML:
        case GUMBO_TAG_BODY:
            return false;
        default:
            // KaTeX puts a formula there once more, in pieces.
            return hasAttribute(node, "hidden") || attributeOf(node, "class") == "katex-html";
    }
}

bool isSurrounding(const GumboNode* node, bool isWithinSection) {
    switch (tagOf(node)) {
        case GUMBO_TAG_NAV:
        case GUMBO_TAG_ASIDE:
            return true;
        case GUMBO_TAG_HEADER:
        case GUMBO_TAG_FOOTER:
            return !isWithinSection;
        case GUMBO_TAG_HTML:
        case GUMBO_TAG_BODY:
            return false;
        default:
            break;
    }
    const std::string_view role = attributeOf(node, "role");
    return !role.empty() && std::binary_search(kSurroundingRoles.begin(),
                                               kSurroundingRoles.end(),
                                               std::string_view(asciiLower(role.substr(0, 16))));
}

bool startsPart(const GumboNode* node, HtmlMain::Part part) {
    if (part == HtmlMain::Part::kArticles) {
        return tagOf(node) == GUMBO_TAG_ARTICLE;
    }
    return part == HtmlMain::Part::kMain &&
           (tagOf(node) == GUMBO_TAG_MAIN || attributeOf(node, "role") == "main");
}

bool isSection(const GumboNode* node) {
    const GumboTag tag = tagOf(node);
    return tag == GUMBO_TAG_MAIN || tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_SECTION;
}

HtmlMain findMain(const HtmlTree& tree) {
    HtmlMain main;
    TitleHeaderFinder headers;
    walkHtml(tree.root(), headers);
    main.titleHeaders = std::move(headers.found);
    PartCounter counter(main.titleHeaders);
    walkHtml(tree.root(), counter);
    main.layoutTables = std::move(counter.layoutTables);
    int64_t kept = counter.body;
    main.part = HtmlMain::Part::kBody;
    if (counter.hasMain) {
        main.part = HtmlMain::Part::kMain;
        kept = counter.main;
    } else if (counter.hasArticle) {
        main.part = HtmlMain::Part::kArticles;
        kept = counter.articles;
    }
    main.isThin = kept * 3 < counter.all;
    if (main.isThin) {
        main.part = HtmlMain::Part::kEverything;
        kept = counter.all;
    }
    main.leftOutBytes = counter.all - kept;
    return main;
}

}  // namespace tl
