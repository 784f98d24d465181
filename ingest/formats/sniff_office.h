// SPDX-License-Identifier: Apache-2.0
// As Reader::sniff(), for the formats read in ingest/office. These stay in the program; the parsers
// are linked into throughline-reader alone.
#pragma once

#include <string_view>

namespace tl {

// Pages; not templates (Jinja, PHP...), which are code, and not what has a name of another format.
int sniffHtml(std::string_view name, std::string_view head);
int sniffDocx(std::string_view name, std::string_view head);
int sniffOdt(std::string_view name,
             std::string_view head);  // also ODP and ODS, all as flat XML too
int sniffPptx(std::string_view name, std::string_view head);
int sniffXlsx(std::string_view name, std::string_view head);
int sniffEpub(std::string_view name, std::string_view head);
int sniffRtf(std::string_view name, std::string_view head);

}  // namespace tl
