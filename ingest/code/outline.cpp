// SPDX-License-Identifier: Apache-2.0
// The walk over a syntax tree. It keeps its own list of open symbols instead of calling itself, so
// that a hundred thousand nested brackets are no matter of the stack.
#include "ingest/code/outline.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "ingest/code/grammars.h"
#include "ingest/code/node_path.h"
#include "ingest/document.h"

namespace tl {

namespace {

constexpr size_t kMaxLine = 200;  // bytes of a name or signature
constexpr int64_t kLeastFold = 12;

struct ParserDeleter {
    void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct TreeDeleter {
    void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using TreePtr = std::unique_ptr<TSTree, TreeDeleter>;

std::string_view trimmed(std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin);
}

// One line of at most kMaxLine bytes, runs of white space as one space.
std::string oneLine(std::string_view text) {
    std::string line;
    for (const char c : trimmed(text)) {
        const bool isSpace = c == ' ' || c == '\t' || c == '\n';
        if (line.size() >= kMaxLine && !isContinuationByte(c)) {
            return line + "\u2026";
        }
        if (!isSpace) {
            line += c;
        } else if (line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

std::string nameOf(std::string_view text) {
    std::string name = oneLine(text);
    const bool isQuoted = name.size() > 2 && name.front() == name.back() &&
                          (name.front() == '"' || name.front() == '\'');
    return isQuoted ? name.substr(1, name.size() - 2) : name;
}

std::string signatureOf(std::string_view text) {
    std::string line = oneLine(text);
    const size_t end = line.find_last_not_of(" {:=;,");
    line.resize(end == std::string::npos ? 0 : end + 1);
    return line;
}

bool isClassLike(SymbolKind kind) {
    switch (kind) {
        case SymbolKind::kClass:
        case SymbolKind::kStruct:
        case SymbolKind::kInterface:
        case SymbolKind::kEnum:
        case SymbolKind::kUnion:
            return true;
        default:
            return false;
    }
}

bool isVariable(SymbolKind kind) {
    return kind == SymbolKind::kVariable || kind == SymbolKind::kConstant ||
           kind == SymbolKind::kField;
}

bool isFunction(SymbolKind kind) {
    return kind == SymbolKind::kFunction || kind == SymbolKind::kMethod ||
           kind == SymbolKind::kMacro;
}

// Without its line end, which some grammars count in.
void dropLineEnd(Symbol& symbol, std::string_view own) {
    const size_t last = own.find_last_not_of(" \t\n");
    symbol.end = symbol.begin + static_cast<int64_t>(last + 1);
    symbol.bodyEnd = std::min(symbol.bodyEnd, symbol.end);
    symbol.bodyBegin = std::min(symbol.bodyBegin, symbol.bodyEnd);
}

class OutlineWalk {
public:
    OutlineWalk(std::string_view text, const Grammar& grammar, const OutlineLimits& limits)
        : m_text(text), m_lines(text), m_grammar(grammar), m_limits(limits) {
        for (const auto rules : {grammar.rules, grammar.baseRules}) {
            for (const OutlineRule& rule : rules) {
                m_rules[rule.node].push_back(&rule);
            }
        }
    }

    Outline walk(const TSTree& tree);

private:
    struct Open {
        int64_t symbol;
        int depth;  // of its node in the tree
    };

    void visit(TextNode at, int depth);
    const OutlineRule* ruleFor(TextNode at) const;
    bool add(TextNode at, const OutlineRule& rule, TextNode name);
    std::optional<SymbolKind> kindHere(SymbolKind kind) const;
    void setSignature(Symbol& symbol) const;
    bool mergeIntoLast(TextNode at, const Symbol& symbol);
    void setBody(Symbol& symbol, TextNode at, std::string_view path) const;
    int64_t parent() const { return m_open.empty() ? -1 : m_open.back().symbol; }

    std::string_view m_text;
    LineIndex m_lines;
    const Grammar& m_grammar;
    const OutlineLimits& m_limits;
    std::unordered_map<std::string_view, std::vector<const OutlineRule*>> m_rules;
    std::vector<Open> m_open;
    Outline m_outline;
};

Outline OutlineWalk::walk(const TSTree& tree) {
    const TSNode root = ts_tree_root_node(&tree);
    m_outline.hasErrors = ts_node_has_error(root);
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    int depth = 0;
    bool more = true;
    while (more && !m_outline.isCut) {
        visit({ts_tree_cursor_current_node(&cursor), m_text}, depth);
        if (ts_tree_cursor_goto_first_child(&cursor)) {
            ++depth;
            continue;
        }
        while (more && !ts_tree_cursor_goto_next_sibling(&cursor)) {
            more = ts_tree_cursor_goto_parent(&cursor);
            --depth;
        }
    }
    ts_tree_cursor_delete(&cursor);
    return std::move(m_outline);
}

void OutlineWalk::visit(TextNode at, int depth) {
    while (!m_open.empty() && m_open.back().depth >= depth) {
        m_open.pop_back();
    }
    if (!ts_node_is_named(at.node)) {
        return;
    }
    const OutlineRule* rule = ruleFor(at);
    if (rule == nullptr || static_cast<int>(m_open.size()) >= m_grammar.maxDepth) {
        return;
    }
    bool isOpened = false;
    for (const TextNode& name : followToAll(at, rule->name)) {
        if (add(at, *rule, name) && !isOpened) {
            isOpened = true;
        }
    }
    // Of several names none has children of its own, except for anonymous types: the last serves.
    if (isOpened) {
        m_open.push_back({static_cast<int64_t>(m_outline.symbols.size()) - 1, depth});
    }
}

const OutlineRule* OutlineWalk::ruleFor(TextNode at) const {
    const auto rules = m_rules.find(ts_node_type(at.node));
    if (rules == m_rules.end()) {
        return nullptr;
    }
    for (const OutlineRule* rule : rules->second) {
        if (rule->needs.empty() || !followPath(at, rule->needs).isNull()) {
            return rule;
        }
    }
    return nullptr;
}

// What a symbol is where it stands; nothing for what is none of an outline's business.
std::optional<SymbolKind> OutlineWalk::kindHere(SymbolKind kind) const {
    if (parent() < 0) {
        return kind;
    }
    const SymbolKind around = m_outline.symbols[static_cast<size_t>(parent())].kind;
    if (isFunction(around) && isVariable(kind)) {
        return std::nullopt;
    }
    if (isClassLike(around) && kind == SymbolKind::kFunction) {
        return SymbolKind::kMethod;
    }
    return isClassLike(around) && kind == SymbolKind::kVariable ? SymbolKind::kField : kind;
}

bool OutlineWalk::add(TextNode at, const OutlineRule& rule, TextNode name) {
    const std::optional<SymbolKind> kind = kindHere(rule.kind);
    if (!kind) {
        return false;
    }
    Symbol symbol;
    symbol.kind = *kind;
    symbol.parent = parent();
    symbol.name = nameOf(name.own());
    symbol.begin = ts_node_start_byte(at.node);
    symbol.end = symbol.begin + static_cast<int64_t>(at.own().size());
    if (symbol.name.empty() || symbol.end <= symbol.begin) {
        return false;
    }
    if (m_grammar.mergeEqual && mergeIntoLast(at, symbol)) {
        return false;
    }
    setBody(symbol, at, rule.body);
    dropLineEnd(symbol, at.own());
    setSignature(symbol);
    symbol.firstLine = m_lines.position(symbol.begin).line;
    symbol.lastLine = m_lines.position(symbol.end - 1).line;
    m_outline.symbols.push_back(std::move(symbol));
    if (static_cast<int64_t>(m_outline.symbols.size()) >= m_limits.maxSymbols) {
        m_outline.isCut = true;
    }
    return true;
}

// Up to the body; without one, up to where a body or the next line would start.
void OutlineWalk::setSignature(Symbol& symbol) const {
    const bool hasBody = symbol.bodyBegin < symbol.bodyEnd;
    const std::string_view head = m_text.substr(
        static_cast<size_t>(symbol.begin),
        static_cast<size_t>((hasBody ? symbol.bodyBegin : symbol.end) - symbol.begin));
    const bool isWhole = hasBody || isVariable(symbol.kind);
    const size_t cut = isWhole ? std::string_view::npos : head.find_first_of("{\n");
    symbol.signature = signatureOf(head.substr(0, cut));
}

// Equations of one function follow each other; the first of them, or its type, is the symbol.
bool OutlineWalk::mergeIntoLast(TextNode at, const Symbol& symbol) {
    if (m_outline.symbols.empty()) {
        return false;
    }
    Symbol& last = m_outline.symbols.back();
    if (last.name != symbol.name || last.parent != symbol.parent || last.kind != symbol.kind) {
        return false;
    }
    const std::string_view own = at.own();
    last.end = symbol.begin + static_cast<int64_t>(own.find_last_not_of(" \t\n") + 1);
    last.lastLine = m_lines.position(last.end - 1).line;
    if (last.bodyBegin == last.bodyEnd) {
        last.bodyBegin = symbol.begin;
    }
    last.bodyEnd = last.end;
    return true;
}

void OutlineWalk::setBody(Symbol& symbol, TextNode at, std::string_view path) const {
    symbol.bodyBegin = symbol.bodyEnd = symbol.end;
    if (path.empty()) {
        return;
    }
    const bool isRest = path.front() == '>';
    const TextNode body = followPath(at, isRest ? path.substr(1) : path);
    if (body.isNull()) {
        return;
    }
    int64_t begin = isRest ? ts_node_end_byte(body.node) : ts_node_start_byte(body.node);
    int64_t end = isRest ? symbol.end : begin + static_cast<int64_t>(body.own().size());
    begin = std::clamp(begin, symbol.begin, symbol.end);
    end = std::clamp(end, begin, symbol.end);
    const std::string_view inside =
        m_text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    if (inside.size() >= 2 && inside.front() == '{' && inside.back() == '}') {
        ++begin;
        --end;
    } else if (isRest && inside.ends_with("end")) {
        end -= 3;
    }
    // A number is no longer than what stands for it. Of variables only tables are folded.
    const bool isTable = inside.find('\n') != std::string_view::npos;
    if (end - begin < kLeastFold || (!isFunction(symbol.kind) && !isTable)) {
        return;
    }
    symbol.bodyBegin = begin;
    symbol.bodyEnd = end;
}

int headingLevel(const Symbol& heading, std::string_view text) {
    const std::string_view own = text.substr(static_cast<size_t>(heading.begin),
                                             static_cast<size_t>(heading.end - heading.begin));
    if (own.starts_with('#')) {
        return static_cast<int>(std::min(own.find_first_not_of('#'), own.size()));
    }
    return own.ends_with('=') ? 1 : 2;
}

// A heading reaches to the next one of its level or above, and holds those below it.
void nestHeadings(std::vector<Symbol>& headings, std::string_view text) {
    std::vector<std::pair<int64_t, int>> open;
    const auto size = static_cast<int64_t>(text.size());
    const LineIndex lines(text);
    const auto closeTo = [&](int level, int64_t at) {
        while (!open.empty() && open.back().second >= level) {
            Symbol& closed = headings[static_cast<size_t>(open.back().first)];
            closed.end = closed.bodyBegin = closed.bodyEnd = at;
            closed.lastLine = lines.position(at - 1).line;
            open.pop_back();
        }
    };
    for (size_t i = 0; i < headings.size(); ++i) {
        const int level = headingLevel(headings[i], text);
        closeTo(level, headings[i].begin);
        headings[i].parent = open.empty() ? -1 : open.back().first;
        open.emplace_back(static_cast<int64_t>(i), level);
    }
    closeTo(0, size);
}

Reading<TreePtr> parse(std::string_view text, const Grammar& grammar, const OutlineLimits& limits) {
    const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
    if (parser == nullptr || !ts_parser_set_language(parser.get(), grammar.make())) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kGrammarUnfit}};
    }
    const std::chrono::microseconds time = limits.maxTime;
    ts_parser_set_timeout_micros(parser.get(), static_cast<uint64_t>(time.count()));
    TreePtr tree(ts_parser_parse_string(
        parser.get(), nullptr, text.data(), static_cast<uint32_t>(text.size())));
    if (tree == nullptr) {
        return Failure{ErrorCode::kUnsupported,
                       {.code = ReasonCode::kOutlineTimeOut, .limit = limits.maxTime.count()}};
    }
    return tree;
}

}  // namespace

bool hasOutline(std::string_view language) {
    return grammarOf(language) != nullptr;
}

Reading<Outline> outlineOf(std::string_view text,
                           std::string_view language,
                           const OutlineLimits& limits) {
    const Grammar* grammar = grammarOf(language);
    if (grammar == nullptr) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kNoGrammar}};
    }
    if (static_cast<int64_t>(text.size()) > limits.maxBytes) {
        return Failure{ErrorCode::kUnsupported,
                       {.code = ReasonCode::kOutlineTooLarge, .limit = limits.maxBytes}};
    }
    const Reading<TreePtr> tree = parse(text, *grammar, limits);
    if (!tree.ok()) {
        return tree.error();
    }
    Outline outline = OutlineWalk(text, *grammar, limits).walk(*tree.value());
    if (language == "Markdown") {
        nestHeadings(outline.symbols, text);
    }
    return outline;
}

}  // namespace tl
