// SPDX-License-Identifier: Apache-2.0
// A grammar's scanner writes its state into 1,024 bytes of libtree-sitter's. Not all look at how
// much that is: Markdown's never (four bytes for each nested block), YAML's, Python's, Ruby's and
// Bash's stop one to five bytes too late. Behind the buffer stand the parser's own pointers, so a
// file that nests deep enough crashed the program, or worse. Here the state goes to a larger buffer
// first, and one that does not fit becomes none: the scanner starts afresh, which gives a poor tree
// for a file that no person wrote.
#pragma once

struct TSLanguage;

namespace tl {

using SerializeFn = unsigned (*)(void* scanner, char* buffer);

SerializeFn serializeOf(const TSLanguage* language);
// Writes at most libtree-sitter's 1,024 bytes to `buffer`.
unsigned serializeGuarded(SerializeFn serialize, void* scanner, char* buffer);
// The language with another function; lives until the program ends.
const TSLanguage* makeGuarded(const TSLanguage* language, SerializeFn serialize);

// The language that `Make` gives, with its scanner guarded. Thread-safe.
template <const TSLanguage* (*Make)()>
const TSLanguage* guarded() {
    static const TSLanguage* const kLanguage = makeGuarded(Make(), [](void* scanner, char* buffer) {
        return serializeGuarded(serializeOf(Make()), scanner, buffer);
    });
    return kLanguage;
}

}  // namespace tl
