// SPDX-License-Identifier: Apache-2.0
#include "ingest/source/file_kinds.h"

#include <algorithm>
#include <array>

namespace tl {
namespace {

struct FileKind {
    std::string_view extension;
    std::string_view kind;
};

constexpr std::array<FileKind, 172> kKinds{{
    {"3ds", "3D or design file"},
    {"3gp", "video"},
    {"7z", "archive"},
    {"a", "compiled program or library"},
    {"aac", "audio"},
    {"aif", "audio"},
    {"aiff", "audio"},
    {"amr", "audio"},
    {"apk", "archive"},
    {"arrow", "model weights or arrays"},
    {"avi", "video"},
    {"avif", "image"},
    {"azw", "e-book"},
    {"azw3", "e-book"},
    {"blend", "3D or design file"},
    {"bmp", "image"},
    {"br", "archive"},
    {"bz2", "archive"},
    {"cab", "archive"},
    {"ckpt", "model weights or arrays"},
    {"class", "compiled program or library"},
    {"cpio", "archive"},
    {"crate", "archive"},
    {"crx", "archive"},
    {"db", "database"},
    {"db3", "database"},
    {"dbf", "database"},
    {"dds", "image"},
    {"deb", "archive"},
    {"dex", "compiled program or library"},
    {"dll", "compiled program or library"},
    {"dmg", "archive"},
    {"doc", "office document"},
    {"docx", "office document"},
    {"dotx", "office document"},
    {"dwg", "3D or design file"},
    {"dylib", "compiled program or library"},
    {"egg", "archive"},
    {"elf", "compiled program or library"},
    {"eot", "font"},
    {"epub", "e-book"},
    {"exe", "compiled program or library"},
    {"exr", "image"},
    {"fbx", "3D or design file"},
    {"fdb", "database"},
    {"feather", "model weights or arrays"},
    {"flac", "audio"},
    {"flv", "video"},
    {"gem", "archive"},
    {"gguf", "model weights or arrays"},
    {"gif", "image"},
    {"glb", "3D or design file"},
    {"gz", "archive"},
    {"h5", "model weights or arrays"},
    {"hdf5", "model weights or arrays"},
    {"hdr", "image"},
    {"heic", "image"},
    {"heif", "image"},
    {"ibd", "database"},
    {"icns", "image"},
    {"ico", "image"},
    {"img", "disk or memory image"},
    {"iso", "archive"},
    {"jar", "archive"},
    {"jks", "key store"},
    {"jpe", "image"},
    {"jpeg", "image"},
    {"jpg", "image"},
    {"jxl", "image"},
    {"keystore", "key store"},
    {"ko", "compiled program or library"},
    {"lz", "archive"},
    {"lz4", "archive"},
    {"lzma", "archive"},
    {"m4a", "audio"},
    {"m4v", "video"},
    {"mdb", "database"},
    {"mid", "audio"},
    {"midi", "audio"},
    {"mkv", "video"},
    {"mlmodel", "model weights or arrays"},
    {"mobi", "e-book"},
    {"mov", "video"},
    {"mp3", "audio"},
    {"mp4", "video"},
    {"mpeg", "video"},
    {"mpg", "video"},
    {"myd", "database"},
    {"node", "compiled program or library"},
    {"npy", "model weights or arrays"},
    {"npz", "model weights or arrays"},
    {"nupkg", "archive"},
    {"o", "compiled program or library"},
    {"odg", "office document"},
    {"odp", "office document"},
    {"ods", "office document"},
    {"odt", "office document"},
    {"oga", "audio"},
    {"ogg", "audio"},
    {"ogv", "video"},
    {"onnx", "model weights or arrays"},
    {"opus", "audio"},
    {"otf", "font"},
    {"p12", "key store"},
    {"parquet", "model weights or arrays"},
    {"pcx", "image"},
    {"pdb", "compiled program or library"},
    {"pdf", "PDF document"},
    {"pfx", "key store"},
    {"pickle", "model weights or arrays"},
    {"pkl", "model weights or arrays"},
    {"png", "image"},
    {"potx", "office document"},
    {"pps", "office document"},
    {"ppsx", "office document"},
    {"ppt", "office document"},
    {"pptx", "office document"},
    {"psd", "image"},
    {"pt", "model weights or arrays"},
    {"pth", "model weights or arrays"},
    {"pyc", "compiled program or library"},
    {"pyd", "compiled program or library"},
    {"pyo", "compiled program or library"},
    {"qcow2", "disk or memory image"},
    {"rar", "archive"},
    {"realm", "database"},
    {"rpm", "archive"},
    {"safetensors", "model weights or arrays"},
    {"sketch", "3D or design file"},
    {"skp", "3D or design file"},
    {"so", "compiled program or library"},
    {"sqlite", "database"},
    {"sqlite3", "database"},
    {"stl", "3D or design file"},
    {"svg", "image"},
    {"svgz", "image"},
    {"swp", "disk or memory image"},
    {"tar", "archive"},
    {"tbz2", "archive"},
    {"tflite", "model weights or arrays"},
    {"tga", "image"},
    {"tgz", "archive"},
    {"tif", "image"},
    {"tiff", "image"},
    {"ttc", "font"},
    {"ttf", "font"},
    {"txz", "archive"},
    {"vdi", "disk or memory image"},
    {"vhd", "disk or memory image"},
    {"vhdx", "disk or memory image"},
    {"vmdk", "disk or memory image"},
    {"vsix", "archive"},
    {"wal", "database"},
    {"war", "archive"},
    {"wasm", "compiled program or library"},
    {"wav", "audio"},
    {"webm", "video"},
    {"webp", "image"},
    {"whl", "archive"},
    {"wma", "audio"},
    {"wmv", "video"},
    {"woff", "font"},
    {"woff2", "font"},
    {"xcf", "image"},
    {"xls", "office document"},
    {"xlsb", "office document"},
    {"xlsm", "office document"},
    {"xlsx", "office document"},
    {"xpi", "archive"},
    {"xz", "archive"},
    {"zip", "archive"},
    {"zst", "archive"},
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

std::string_view binaryKindOf(std::string_view name) {
    const std::string extension = extensionOf(name);
    const auto at =
        std::lower_bound(kKinds.begin(), kKinds.end(), FileKind{extension, ""}, comesBefore);
    return at != kKinds.end() && at->extension == extension ? at->kind : std::string_view();
}

}  // namespace tl
