// SPDX-License-Identifier: Apache-2.0
#include "ingest/text/json_text.h"

#include <algorithm>

namespace tl {
namespace {

using nlohmann::json;

// Only remembers where the first error is; the tree is made by a parse of its own.
class ErrorPlace : public nlohmann::json_sax<json> {
public:
    size_t position = 0;

    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(number_integer_t /*value*/) override { return true; }
    bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
    bool string(string_t& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(size_t /*elements*/) override { return true; }
    bool key(string_t& /*value*/) override { return true; }
    bool end_object() override { return true; }
    bool start_array(size_t /*elements*/) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(size_t at,
                     const std::string& /*token*/,
                     const nlohmann::detail::exception& /*why*/) override {
        position = at;
        return false;
    }
};

}  // namespace

Reading<json> parseJson(std::string_view text) {
    json tree = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!tree.is_discarded()) {
        return tree;
    }
    ErrorPlace place;
    json::sax_parse(text, &place);
    const auto end =
        text.begin() + static_cast<std::ptrdiff_t>(std::min(place.position, text.size()));
    const auto line = std::count(text.begin(), end, '\n') + 1;
    return Failure{ErrorCode::kCorrupt, {.code = ReasonCode::kBrokenJson, .count = line}};
}

std::string joinedStrings(const json& value) {
    if (value.is_string()) {
        return value.get_ref<const std::string&>();
    }
    std::string joined;
    if (value.is_array()) {
        for (const json& piece : value) {
            joined += piece.is_string() ? piece.get_ref<const std::string&>() : std::string();
        }
    }
    return joined;
}

const json& member(const json& object, const char* key) {
    static const json none;
    if (!object.is_object()) {
        return none;
    }
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

std::string stringMember(const json& object, const char* key) {
    const json& value = member(object, key);
    return value.is_string() ? value.get_ref<const std::string&>() : std::string();
}

double numberMember(const json& object, const char* key) {
    const json& value = member(object, key);
    return value.is_number() ? value.get<double>() : 0.0;
}

}  // namespace tl
