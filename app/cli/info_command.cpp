// SPDX-License-Identifier: Apache-2.0
#include "app/cli/info_command.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "app/cli/command_end.h"
#include "app/model/resource_paths.h"
#include "app/project/project_file.h"
#include "app/wording.h"
#include "base/result.h"
#include "engine/gguf_file.h"
#include "engine/model_config.h"

namespace tl {

namespace {

using Json = nlohmann::ordered_json;

struct TensorTotals {
    int64_t tensors = 0;
    int64_t parameters = 0;
    int64_t bytes = 0;
};

std::map<std::string, TensorTotals> totalsByType(const GgufFile& file) {
    std::map<std::string, TensorTotals> totals;
    for (const GgufTensor& tensor : file.tensors()) {
        TensorTotals& total = totals[std::string(weightTypeInfo(tensor.type).name)];
        ++total.tensors;
        total.parameters += tensor.elementCount();
        total.bytes += std::ssize(tensor.bytes);
    }
    return totals;
}

// "mamba2_layers": [0, 1, 3], and so on: by kind, the blocks that have a layer of it.
Json blocksByKind(const ModelConfig& config) {
    Json kinds = Json::object();
    for (size_t i = 0; i < config.blocks.size(); ++i) {
        for (const auto& layer : config.blocks[i].layers) {
            kinds[std::string(layer->kind()) + "_layers"].push_back(i);
        }
    }
    return kinds;
}

Json numberJson(double value) {
    const auto whole = static_cast<int64_t>(value);
    return static_cast<double>(whole) == value ? Json(whole) : Json(value);
}

// A setting that differs between layers is a list of its values.
void addSetting(Json& sizes, const std::string& name, const Json& value) {
    Json& known = sizes[name];
    if (known.is_null()) {
        known = value;
    } else if (known.is_array()) {
        if (std::find(known.begin(), known.end(), value) == known.end()) {
            known.push_back(value);
        }
    } else if (known != value) {
        known = Json::array({known, value});
    }
}

Json sizesJson(const ModelConfig& config) {
    Json sizes = {{"embedding", config.embeddingSize},
                  {"vocabulary", config.vocabSize},
                  {"context", config.contextLength}};
    for (const BlockConfig& block : config.blocks) {
        for (const auto& layer : block.layers) {
            for (const LayerSetting& setting : layer->settings()) {
                addSetting(sizes, std::string(setting.name), numberJson(setting.value));
            }
        }
    }
    return sizes;
}

Json tensorsJson(const GgufFile& file) {
    Json types = Json::object();
    for (const auto& [type, total] : totalsByType(file)) {
        types[type] = {
            {"tensors", total.tensors}, {"parameters", total.parameters}, {"bytes", total.bytes}};
    }
    return types;
}

// Everything that `info` says; the text form prints the same fields.
Json infoJson(const GgufFile& file, const ModelConfig& config) {
    Json json = {{"file", file.name()},
                 {"gguf_version", file.version()},
                 {"architecture", config.architecture},
                 {"name", config.name},
                 {"layers", config.blocks.size()}};
    json.update(blocksByKind(config));
    json.update({{"sizes", sizesJson(config)},
                 {"state_bytes", config.stateBytes()},
                 {"kv_bytes_per_token",
                  {{"int8", config.kvBytesPerToken(1)}, {"f16", config.kvBytesPerToken(2)}}},
                 {"read_window", config.readWindow},
                 {"log_scale_base", config.logScaleBase},
                 {"pointer_layers", config.pointerLayers},
                 {"instruction", config.systemInstruction},
                 {"weights", tensorsJson(file)}});
    return json;
}

// "mamba2_inner" is shown as "mamba2 inner", "Q4_0" as it is.
std::string label(std::string key) {
    for (size_t i = 0; i + 1 < key.size(); ++i) {
        const bool joinsWords = key[i] == '_' && key[i + 1] >= 'a' && key[i + 1] <= 'z';
        key[i] = joinsWords ? ' ' : key[i];
    }
    return key;
}

// "11, 19, 21" for lists; numbers grouped.
std::string valueText(const Json& value) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_number_integer()) {
        return grouped(value.get<int64_t>());
    }
    if (!value.is_array()) {
        return value.dump();
    }
    std::string text;
    for (const Json& element : value) {
        text += (text.empty() ? "" : ", ") + valueText(element);
    }
    return text;
}

void printText(const Json& json, const std::string& indent, std::ostream& out) {
    for (const auto& [key, value] : json.items()) {
        if (value.is_object()) {
            out << indent << label(key) << ":\n";
            printText(value, indent + "  ", out);
        } else {
            out << indent << label(key) << ": " << valueText(value) << "\n";
        }
    }
}

Result<Json> describe(const std::filesystem::path& chosen) {
    const Result<std::filesystem::path> path = findModel(chosen);
    if (!path.ok()) {
        return path.error();
    }
    const Result<GgufFile> file = GgufFile::open(path.value());
    if (!file.ok()) {
        return file.error();
    }
    const Result<ModelConfig> config = parseModelConfig(file.value());
    if (!config.ok()) {
        return config.error();
    }
    return infoJson(file.value(), config.value());
}

// Where the bytes of a project file are.
Result<Json> describeProject(const std::filesystem::path& path) {
    Result<ProjectReader> reader = ProjectReader::open(path);
    if (!reader.ok()) {
        return reader.error();
    }
    const Result<int64_t> tokens = reader.value().tokenCount();
    if (!tokens.ok()) {
        return tokens.error();
    }
    const Result<std::vector<CheckpointInfo>> checkpoints = reader.value().checkpoints();
    if (!checkpoints.ok()) {
        return checkpoints.error();
    }
    const Result<ProjectSizes> sizes = reader.value().sizes();
    if (!sizes.ok()) {
        return sizes.error();
    }
    const ProjectSizes& bytes = sizes.value();
    Json json;
    json["tokens"] = tokens.value();
    json["tokens_read"] = checkpoints.value().empty() ? 0 : checkpoints.value().back().position;
    json["checkpoints"] = Json::array();
    for (const CheckpointInfo& checkpoint : checkpoints.value()) {
        json["checkpoints"].push_back(checkpoint.position);
    }
    json["bytes"] = {{"file", bytes.file},
                     {"texts", bytes.texts},
                     {"documents", bytes.documents},
                     {"tokens", bytes.tokens},
                     {"states", bytes.checkpoints},
                     {"pages", bytes.pages},
                     {"conversations", bytes.conversations},
                     {"free", bytes.free},
                     {"other", bytes.other}};
    json["bytes_per_token"] =
        tokens.value() > 0 ? Json(bytes.file / tokens.value()) : Json(nullptr);
    return json;
}

}  // namespace

int runInfo(const InfoRequest& request, const Terminal& terminal) {
    const Result<Json> info =
        isProjectPath(request.model) ? describeProject(request.model) : describe(request.model);
    if (!info.ok()) {
        return endCommand("info", info.error(), terminal);
    }
    if (request.json) {
        terminal.out << info.value().dump(2) << "\n";
    } else {
        printText(info.value(), "", terminal.out);
    }
    terminal.out << std::flush;
    return kExitOk;
}

}  // namespace tl
