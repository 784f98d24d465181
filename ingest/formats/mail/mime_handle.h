// SPDX-License-Identifier: Apache-2.0
// Owners of what GMime and GLib hand out.
#pragma once

#include <gmime/gmime.h>
#include <memory>

namespace tl {

struct GObjectCloser {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using MimeObject = std::unique_ptr<T, GObjectCloser>;

struct GFree {
    void operator()(char* text) const { g_free(text); }
};
using GText = std::unique_ptr<char, GFree>;

struct GDateCloser {
    void operator()(GDateTime* date) const { g_date_time_unref(date); }
};

struct ParserOptionsCloser {
    void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};

}  // namespace tl
