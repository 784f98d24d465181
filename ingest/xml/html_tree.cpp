// SPDX-License-Identifier: Apache-2.0
// Gumbo frees its tree by recursion, which a deeply nested page turns into a stack overflow, and
// does not look at what its allocator gives. So its memory comes from an arena that goes as a
// whole, and when that is used up, longjmp() leaves the parser: there are only frames of C between.
#include "ingest/xml/html_tree.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#include "base/ascii.h"

namespace tl {
namespace {

// Elements are looked for among all open ones, so time grows with the square of the depth: half a
// second at this one.
constexpr int kMaxDepth = 10'000;

// Those that never contain anything, and those that end where the next one starts.
constexpr std::array<std::string_view, 34> kNeverDeep{
    "area",   "base",  "basefont", "bgsound", "body",   "br",    "caption", "col", "colgroup",
    "dd",     "dt",    "embed",    "frame",   "head",   "hr",    "html",    "img", "input",
    "keygen", "li",    "link",     "meta",    "option", "p",     "param",   "rp",  "rt",
    "source", "tbody", "td",       "tfoot",   "th",     "thead", "tr"};
static_assert(std::is_sorted(kNeverDeep.begin(), kNeverDeep.end()));

constexpr std::array<std::string_view, 15> kVoid{"area",
                                                 "base",
                                                 "br",
                                                 "col",
                                                 "embed",
                                                 "hr",
                                                 "img",
                                                 "input",
                                                 "keygen",
                                                 "link",
                                                 "meta",
                                                 "param",
                                                 "source",
                                                 "track",
                                                 "wbr"};
static_assert(std::is_sorted(kVoid.begin(), kVoid.end()));

template <size_t N>
bool isOneOf(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::binary_search(names.begin(), names.end(), name);
}

bool isNameChar(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || isAsciiDigit(c) || c == '-' || c == ':' || c == '_';
}

std::string_view nameAt(std::string_view text, size_t at) {
    at = std::min(at, text.size());
    size_t end = at;
    while (end < text.size() && isNameChar(text[end])) {
        ++end;
    }
    return text.substr(at, end - at);
}

// An estimate: how many elements are open at most.
int estimatedDepth(std::string_view text) {
    int depth = 0;
    int deepest = 0;
    for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const bool isEnd = at + 1 < text.size() && text[at + 1] == '/';
        const std::string_view name = nameAt(text, at + (isEnd ? 2 : 1));
        constexpr size_t kLongestName = 32;
        if (name.empty() || isOneOf(kNeverDeep, asciiLower(name.substr(0, kLongestName)))) {
            continue;
        }
        depth = isEnd ? std::max(0, depth - 1) : depth + 1;
        deepest = std::max(deepest, depth);
    }
    return deepest;
}

// Where the tag that starts at `at` ends: the place of its '>', quotes respected.
size_t tagEnd(std::string_view text, size_t at) {
    char quote = '\0';
    for (size_t i = at + 1; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i;
        }
    }
    return std::string_view::npos;
}

}  // namespace

class HtmlTree::Arena {
public:
    explicit Arena(int64_t maxBytes) : m_left(maxBytes) {}
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    ~Arena() {
        while (m_last != nullptr) {
            Block* before = m_last->before;
            std::free(m_last);
            m_last = before;
        }
    }

    // Null when the limit is reached.
    const GumboOutput* parse(std::string_view text) {
        GumboOptions options = kGumboDefaultOptions;
        options.allocator = allocate;
        options.deallocator = [](void*, void*) {};
        options.userdata = this;
        options.max_errors = 0;
        if (setjmp(m_atLimit) != 0) {  // NOLINT(cert-err52-cpp): see the top of the file
            return nullptr;
        }
        return gumbo_parse_with_options(&options, text.data(), text.size());
    }

private:
    // In front of the memory it is about; a vector of them might throw through the parser.
    struct alignas(std::max_align_t) Block {
        Block* before;
    };

    static void* allocate(void* self, size_t size) { return static_cast<Arena*>(self)->take(size); }

    void* take(size_t size) {
        constexpr size_t kAlign = alignof(std::max_align_t);
        size = (size + kAlign - 1) / kAlign * kAlign;
        if (size > m_free) {
            addBlock(size);
        }
        void* taken = m_next;
        m_next += size;
        m_free -= size;
        return taken;
    }

    void addBlock(size_t size) {
        constexpr size_t kBlockBytes = size_t{1} << 18;
        const size_t bytes = sizeof(Block) + std::max(size, kBlockBytes);
        void* memory = nullptr;
        if (static_cast<int64_t>(bytes) <= m_left) {
            memory = std::malloc(bytes);
        }
        if (memory == nullptr) {
            std::longjmp(m_atLimit, 1);  // NOLINT(cert-err52-cpp)
        }
        m_last = new (memory) Block{m_last};
        m_left -= static_cast<int64_t>(bytes);
        m_next = static_cast<std::byte*>(memory) + sizeof(Block);
        m_free = bytes - sizeof(Block);
    }

    int64_t m_left;
    Block* m_last = nullptr;
    std::byte* m_next = nullptr;
    size_t m_free = 0;
    std::jmp_buf m_atLimit{};
};

HtmlTree::HtmlTree() = default;
HtmlTree::~HtmlTree() = default;

Reading<std::unique_ptr<HtmlTree>> HtmlTree::parse(std::string_view text, int64_t maxMemoryBytes) {
    if (estimatedDepth(text) > kMaxDepth) {
        return Failure{ErrorCode::kCorrupt,
                       {.code = ReasonCode::kElementsTooDeep, .limit = kMaxDepth}};
    }
    std::unique_ptr<HtmlTree> tree(new HtmlTree);
    tree->m_arena = std::make_unique<Arena>(maxMemoryBytes);
    const GumboOutput* output = tree->m_arena->parse(text);
    if (output == nullptr) {
        return Failure{ErrorCode::kOutOfMemory, {ReasonCode::kPageMemory}};
    }
    tree->m_root = output->document;
    return tree;
}

std::string withExplicitEnds(std::string_view xhtml) {
    std::string html;
    html.reserve(xhtml.size());
    while (!xhtml.empty()) {
        const size_t start = std::min(xhtml.find('<'), xhtml.size());
        html += xhtml.substr(0, start);
        xhtml.remove_prefix(start);
        if (xhtml.empty()) {
            break;
        }
        const std::string_view name = nameAt(xhtml, 1);
        // Comments and the like are passed on up to their '<' alone, then as text.
        const size_t end = name.empty() ? std::string_view::npos : tagEnd(xhtml, 0);
        if (end == std::string_view::npos) {
            html += xhtml.substr(0, 1);
            xhtml.remove_prefix(1);
            continue;
        }
        if (xhtml[end - 1] == '/' && !isOneOf(kVoid, asciiLower(name))) {
            html += xhtml.substr(0, end - 1);
            html += "></";
            html += name;
            html += '>';
        } else {
            html += xhtml.substr(0, end + 1);
        }
        xhtml.remove_prefix(end + 1);
    }
    return html;
}

bool isElement(const GumboNode* node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

GumboTag tagOf(const GumboNode* node) {
    return isElement(node) && node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML
               ? node->v.element.tag
               : GUMBO_TAG_UNKNOWN;
}

std::string_view attributeOf(const GumboNode* node, const char* name) {
    if (node->v.element.attributes.length == 0) {
        return {};
    }
    const GumboAttribute* attribute = gumbo_get_attribute(&node->v.element.attributes, name);
    return attribute == nullptr ? std::string_view() : attribute->value;
}

bool hasAttribute(const GumboNode* node, const char* name) {
    return node->v.element.attributes.length > 0 &&
           gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

namespace {

const GumboVector* childrenOf(const GumboNode* node) {
    if (node->type == GUMBO_NODE_DOCUMENT) {
        return &node->v.document.children;
    }
    return isElement(node) ? &node->v.element.children : &kGumboEmptyVector;
}

struct OpenNode {
    const GumboNode* node;
    unsigned int nextChild;
};

// True when the node's children are to be met.
bool meet(const GumboNode* node, HtmlVisitor& visitor) {
    if (node->type == GUMBO_NODE_DOCUMENT) {
        return true;
    }
    if (isElement(node)) {
        return visitor.enter(node);
    }
    if (node->type != GUMBO_NODE_COMMENT) {
        visitor.text(node->v.text.text);
    }
    return false;
}

}  // namespace

void walkHtml(const GumboNode* root, HtmlVisitor& visitor) {
    std::vector<OpenNode> open;
    if (meet(root, visitor)) {
        open.push_back({root, 0});
    }
    while (!open.empty()) {
        OpenNode& top = open.back();
        const GumboVector* children = childrenOf(top.node);
        if (top.nextChild == children->length) {
            if (isElement(top.node)) {
                visitor.leave(top.node);
            }
            open.pop_back();
            continue;
        }
        const auto* child = static_cast<const GumboNode*>(children->data[top.nextChild++]);
        if (meet(child, visitor)) {
            open.push_back({child, 0});
        }
    }
}

}  // namespace tl
