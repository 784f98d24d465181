// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/file_kinds.h"

#include <algorithm>
#include <array>

namespace tl {
namespace {

struct FileKind {
    std::string_view extension;
    ReasonCode kind;
};

constexpr std::array<FileKind, 172> kKinds{{
    {"3ds", ReasonCode::kNamedDesign},       {"3gp", ReasonCode::kNamedVideo},
    {"7z", ReasonCode::kNamedArchive},       {"a", ReasonCode::kNamedProgram},
    {"aac", ReasonCode::kNamedAudio},        {"aif", ReasonCode::kNamedAudio},
    {"aiff", ReasonCode::kNamedAudio},       {"amr", ReasonCode::kNamedAudio},
    {"apk", ReasonCode::kNamedArchive},      {"arrow", ReasonCode::kNamedWeights},
    {"avi", ReasonCode::kNamedVideo},        {"avif", ReasonCode::kNamedImage},
    {"azw", ReasonCode::kNamedBook},         {"azw3", ReasonCode::kNamedBook},
    {"blend", ReasonCode::kNamedDesign},     {"bmp", ReasonCode::kNamedImage},
    {"br", ReasonCode::kNamedArchive},       {"bz2", ReasonCode::kNamedArchive},
    {"cab", ReasonCode::kNamedArchive},      {"ckpt", ReasonCode::kNamedWeights},
    {"class", ReasonCode::kNamedProgram},    {"cpio", ReasonCode::kNamedArchive},
    {"crate", ReasonCode::kNamedArchive},    {"crx", ReasonCode::kNamedArchive},
    {"db", ReasonCode::kNamedDatabase},      {"db3", ReasonCode::kNamedDatabase},
    {"dbf", ReasonCode::kNamedDatabase},     {"dds", ReasonCode::kNamedImage},
    {"deb", ReasonCode::kNamedArchive},      {"dex", ReasonCode::kNamedProgram},
    {"dll", ReasonCode::kNamedProgram},      {"dmg", ReasonCode::kNamedArchive},
    {"doc", ReasonCode::kNamedOffice},       {"docx", ReasonCode::kNamedOffice},
    {"dotx", ReasonCode::kNamedOffice},      {"dwg", ReasonCode::kNamedDesign},
    {"dylib", ReasonCode::kNamedProgram},    {"egg", ReasonCode::kNamedArchive},
    {"elf", ReasonCode::kNamedProgram},      {"eot", ReasonCode::kNamedFont},
    {"epub", ReasonCode::kNamedBook},        {"exe", ReasonCode::kNamedProgram},
    {"exr", ReasonCode::kNamedImage},        {"fbx", ReasonCode::kNamedDesign},
    {"fdb", ReasonCode::kNamedDatabase},     {"feather", ReasonCode::kNamedWeights},
    {"flac", ReasonCode::kNamedAudio},       {"flv", ReasonCode::kNamedVideo},
    {"gem", ReasonCode::kNamedArchive},      {"gguf", ReasonCode::kNamedWeights},
    {"gif", ReasonCode::kNamedImage},        {"glb", ReasonCode::kNamedDesign},
    {"gz", ReasonCode::kNamedArchive},       {"h5", ReasonCode::kNamedWeights},
    {"hdf5", ReasonCode::kNamedWeights},     {"hdr", ReasonCode::kNamedImage},
    {"heic", ReasonCode::kNamedImage},       {"heif", ReasonCode::kNamedImage},
    {"ibd", ReasonCode::kNamedDatabase},     {"icns", ReasonCode::kNamedImage},
    {"ico", ReasonCode::kNamedImage},        {"img", ReasonCode::kNamedDisk},
    {"iso", ReasonCode::kNamedArchive},      {"jar", ReasonCode::kNamedArchive},
    {"jks", ReasonCode::kNamedKeys},         {"jpe", ReasonCode::kNamedImage},
    {"jpeg", ReasonCode::kNamedImage},       {"jpg", ReasonCode::kNamedImage},
    {"jxl", ReasonCode::kNamedImage},        {"keystore", ReasonCode::kNamedKeys},
    {"ko", ReasonCode::kNamedProgram},       {"lz", ReasonCode::kNamedArchive},
    {"lz4", ReasonCode::kNamedArchive},      {"lzma", ReasonCode::kNamedArchive},
    {"m4a", ReasonCode::kNamedAudio},        {"m4v", ReasonCode::kNamedVideo},
    {"mdb", ReasonCode::kNamedDatabase},     {"mid", ReasonCode::kNamedAudio},
    {"midi", ReasonCode::kNamedAudio},       {"mkv", ReasonCode::kNamedVideo},
    {"mlmodel", ReasonCode::kNamedWeights},  {"mobi", ReasonCode::kNamedBook},
    {"mov", ReasonCode::kNamedVideo},        {"mp3", ReasonCode::kNamedAudio},
    {"mp4", ReasonCode::kNamedVideo},        {"mpeg", ReasonCode::kNamedVideo},
    {"mpg", ReasonCode::kNamedVideo},        {"myd", ReasonCode::kNamedDatabase},
    {"node", ReasonCode::kNamedProgram},     {"npy", ReasonCode::kNamedWeights},
    {"npz", ReasonCode::kNamedWeights},      {"nupkg", ReasonCode::kNamedArchive},
    {"o", ReasonCode::kNamedProgram},        {"odg", ReasonCode::kNamedOffice},
    {"odp", ReasonCode::kNamedOffice},       {"ods", ReasonCode::kNamedOffice},
    {"odt", ReasonCode::kNamedOffice},       {"oga", ReasonCode::kNamedAudio},
    {"ogg", ReasonCode::kNamedAudio},        {"ogv", ReasonCode::kNamedVideo},
    {"onnx", ReasonCode::kNamedWeights},     {"opus", ReasonCode::kNamedAudio},
    {"otf", ReasonCode::kNamedFont},         {"p12", ReasonCode::kNamedKeys},
    {"parquet", ReasonCode::kNamedWeights},  {"pcx", ReasonCode::kNamedImage},
    {"pdb", ReasonCode::kNamedProgram},      {"pdf", ReasonCode::kNamedPdf},
    {"pfx", ReasonCode::kNamedKeys},         {"pickle", ReasonCode::kNamedWeights},
    {"pkl", ReasonCode::kNamedWeights},      {"png", ReasonCode::kNamedImage},
    {"potx", ReasonCode::kNamedOffice},      {"pps", ReasonCode::kNamedOffice},
    {"ppsx", ReasonCode::kNamedOffice},      {"ppt", ReasonCode::kNamedOffice},
    {"pptx", ReasonCode::kNamedOffice},      {"psd", ReasonCode::kNamedImage},
    {"pt", ReasonCode::kNamedWeights},       {"pth", ReasonCode::kNamedWeights},
    {"pyc", ReasonCode::kNamedProgram},      {"pyd", ReasonCode::kNamedProgram},
    {"pyo", ReasonCode::kNamedProgram},      {"qcow2", ReasonCode::kNamedDisk},
    {"rar", ReasonCode::kNamedArchive},      {"realm", ReasonCode::kNamedDatabase},
    {"rpm", ReasonCode::kNamedArchive},      {"safetensors", ReasonCode::kNamedWeights},
    {"sketch", ReasonCode::kNamedDesign},    {"skp", ReasonCode::kNamedDesign},
    {"so", ReasonCode::kNamedProgram},       {"sqlite", ReasonCode::kNamedDatabase},
    {"sqlite3", ReasonCode::kNamedDatabase}, {"stl", ReasonCode::kNamedDesign},
    {"svg", ReasonCode::kNamedImage},        {"svgz", ReasonCode::kNamedImage},
    {"swp", ReasonCode::kNamedDisk},         {"tar", ReasonCode::kNamedArchive},
    {"tbz2", ReasonCode::kNamedArchive},     {"tflite", ReasonCode::kNamedWeights},
    {"tga", ReasonCode::kNamedImage},        {"tgz", ReasonCode::kNamedArchive},
    {"tif", ReasonCode::kNamedImage},        {"tiff", ReasonCode::kNamedImage},
    {"ttc", ReasonCode::kNamedFont},         {"ttf", ReasonCode::kNamedFont},
    {"txz", ReasonCode::kNamedArchive},      {"vdi", ReasonCode::kNamedDisk},
    {"vhd", ReasonCode::kNamedDisk},         {"vhdx", ReasonCode::kNamedDisk},
    {"vmdk", ReasonCode::kNamedDisk},        {"vsix", ReasonCode::kNamedArchive},
    {"wal", ReasonCode::kNamedDatabase},     {"war", ReasonCode::kNamedArchive},
    {"wasm", ReasonCode::kNamedProgram},     {"wav", ReasonCode::kNamedAudio},
    {"webm", ReasonCode::kNamedVideo},       {"webp", ReasonCode::kNamedImage},
    {"whl", ReasonCode::kNamedArchive},      {"wma", ReasonCode::kNamedAudio},
    {"wmv", ReasonCode::kNamedVideo},        {"woff", ReasonCode::kNamedFont},
    {"woff2", ReasonCode::kNamedFont},       {"xcf", ReasonCode::kNamedImage},
    {"xls", ReasonCode::kNamedOffice},       {"xlsb", ReasonCode::kNamedOffice},
    {"xlsm", ReasonCode::kNamedOffice},      {"xlsx", ReasonCode::kNamedOffice},
    {"xpi", ReasonCode::kNamedArchive},      {"xz", ReasonCode::kNamedArchive},
    {"zip", ReasonCode::kNamedArchive},      {"zst", ReasonCode::kNamedArchive},
}};

constexpr bool comesBefore(const FileKind& a, const FileKind& b) {
    return a.extension < b.extension;
}
static_assert(std::is_sorted(kKinds.begin(), kKinds.end(), comesBefore));

}  // namespace

std::string extensionOf(std::string_view name) {
    const size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) {
        return {};
    }
    std::string extension(name.substr(dot + 1));
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') {
            c = static_cast<char>(c - 'A' + 'a');
        }
    }
    return extension;
}

ReasonCode binaryKindOf(std::string_view name) {
    const std::string extension = extensionOf(name);
    const auto at = std::lower_bound(
        kKinds.begin(), kKinds.end(), FileKind{extension, ReasonCode::kNone}, comesBefore);
    return at != kKinds.end() && at->extension == extension ? at->kind : ReasonCode::kNone;
}

bool isTiff(std::string_view head) {
    return head.starts_with(std::string_view("II*\0", 4)) ||
           head.starts_with(std::string_view("MM\0*", 4));
}

}  // namespace tl
