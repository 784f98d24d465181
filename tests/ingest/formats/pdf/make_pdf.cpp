// SPDX-License-Identifier: Apache-2.0
#include "tests/ingest/formats/pdf/make_pdf.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace tl {
namespace {

std::string number(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3f", value);
    return text.data();
}

std::string hex(std::string_view bytes) {
    std::string text = "<";
    for (const char c : bytes) {
        std::array<char, 3> pair{};
        std::snprintf(pair.data(), pair.size(), "%02X", static_cast<unsigned char>(c));
        text += pair.data();
    }
    return text + ">";
}

std::string hexUtf16(char32_t code) {
    const auto unit = [](char32_t value) {
        return std::string{static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)};
    };
    if (code < 0x10000) {
        return hex(unit(code));
    }
    code -= 0x10000;
    return hex(unit(0xD800 + (code >> 10)) + unit(0xDC00 + (code & 0x3FF)));
}

// Objects are numbered in the order in which room for them is taken.
class PdfFile {
public:
    int reserve() {
        m_objects.emplace_back();
        return static_cast<int>(m_objects.size());
    }

    int add(std::string body) {
        m_objects.push_back(std::move(body));
        return static_cast<int>(m_objects.size());
    }

    int addStream(const std::string& entries, const std::string& bytes) {
        return add("<< " + entries + " /Length " + std::to_string(bytes.size()) + " >>\nstream\n" +
                   bytes + "\nendstream");
    }

    void set(int number, std::string body) {
        m_objects[static_cast<size_t>(number) - 1] = std::move(body);
    }

    std::string bytes(int catalog, int info) const {
        std::string file = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
        std::vector<size_t> offsets;
        for (size_t i = 0; i < m_objects.size(); ++i) {
            offsets.push_back(file.size());
            file += std::to_string(i + 1) + " 0 obj\n" + m_objects[i] + "\nendobj\n";
        }
        const size_t table = file.size();
        const std::string size = std::to_string(offsets.size() + 1);
        file += "xref\n0 " + size + "\n0000000000 65535 f \n";
        for (const size_t offset : offsets) {
            std::array<char, 32> entry{};
            std::snprintf(entry.data(), entry.size(), "%010zu 00000 n \n", offset);
            file += entry.data();
        }
        return file + "trailer\n<< /Size " + size + " /Root " + std::to_string(catalog) +
               " 0 R /Info " + std::to_string(info) + " 0 R >>\nstartxref\n" +
               std::to_string(table) + "\n%%EOF\n";
    }

private:
    std::vector<std::string> m_objects;
};

std::string ref(int number) {
    return std::to_string(number) + " 0 R";
}

int addMappedFont(PdfFile& file, const std::u32string& characters) {
    std::string map =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n" +
        std::to_string(characters.size()) + " beginbfchar\n";
    for (size_t i = 0; i < characters.size(); ++i) {
        map += hex(std::string(1, static_cast<char>(i + 1))) + " " + hexUtf16(characters[i]) + "\n";
    }
    const int table = file.addStream("", map + "endbfchar\nendcmap end end");
    std::string widths;
    for (int i = 0; i < 256; ++i) {
        widths += "500 ";
    }
    return file.add(
        "<< /Type /Font /Subtype /TrueType /BaseFont /Mapped /FirstChar 0 /LastChar "
        "255 /Widths [" +
        widths + "] /ToUnicode " + ref(table) + " >>");
}

int addCompositeFont(PdfFile& file,
                     const std::string& name,
                     const std::string& encoding,
                     const std::string& collection) {
    return file.add("<< /Type /Font /Subtype /Type0 /BaseFont /" + name + " /Encoding /" +
                    encoding +
                    " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 "
                    "/BaseFont /" +
                    name + " /CIDSystemInfo << /Registry (Adobe) /Ordering (" + collection +
                    ") /Supplement 0 >> /DW 1000 >>] >>");
}

std::string fontsOf(PdfFile& file, const PdfSpec& spec) {
    const int helvetica = file.add(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    const int mapped = addMappedFont(file, spec.mapped);
    const int unmapped = addCompositeFont(file, "Unmapped", "Identity-H", "Unheard");
    const int japanese = addCompositeFont(file, "Ryumin-Light", "UniJIS-UTF16-H", "Japan1");
    return "/Font << /F0 " + ref(helvetica) + " /F1 " + ref(mapped) + " /F2 " + ref(unmapped) +
           " /F3 " + ref(japanese) + " >>";
}

std::string contentOf(const PdfPageSpec& page) {
    std::string content;
    if (page.hasImage) {
        content += "q 400 0 0 500 50 100 cm /I0 Do Q\n";
    }
    for (const PdfText& text : page.texts) {
        content += "BT /F" + std::to_string(static_cast<int>(text.font)) + " " + number(text.size) +
                   " Tf 1 0 0 1 " + number(text.x) + " " + number(page.height - text.baseline) +
                   " Tm " + hex(text.bytes) + " Tj ET\n";
    }
    return content + page.content;
}

// Writes the items from `begin` that are at least as deep as `level`; gives the first one after.
size_t addHeadings(PdfFile& file,
                   const PdfSpec& spec,
                   const std::vector<int>& pages,
                   const std::vector<int>& items,
                   size_t begin,
                   int parent) {
    const int level = spec.headings[begin].level;
    std::vector<size_t> siblings;
    std::vector<size_t> ends;
    for (size_t i = begin; i < spec.headings.size() && spec.headings[i].level >= level;) {
        siblings.push_back(i);
        const bool hasKids =
            i + 1 < spec.headings.size() && spec.headings[i + 1].level > spec.headings[i].level;
        i = hasKids ? addHeadings(file, spec, pages, items, i + 1, items[i]) : i + 1;
        ends.push_back(i);
    }
    for (size_t k = 0; k < siblings.size(); ++k) {
        const PdfHeading& heading = spec.headings[siblings[k]];
        const PdfPageSpec& page = spec.pages[static_cast<size_t>(heading.page) - 1];
        std::string body = "<< /Title " + hex(heading.title) + " /Parent " + ref(parent) +
                           " /Dest [" + ref(pages[static_cast<size_t>(heading.page) - 1]) +
                           " /XYZ 0 " + number(page.height - heading.top) + " 0]";
        if (k + 1 < siblings.size()) {
            body += " /Next " + ref(items[siblings[k + 1]]);
        }
        if (ends[k] > siblings[k] + 1) {
            body += " /First " + ref(items[siblings[k] + 1]);
        }
        file.set(items[siblings[k]], body + " >>");
    }
    return ends.back();
}

std::string outlineOf(PdfFile& file, const PdfSpec& spec, const std::vector<int>& pages) {
    if (spec.headings.empty()) {
        return "";
    }
    const int root = file.reserve();
    std::vector<int> items;
    for (size_t i = 0; i < spec.headings.size(); ++i) {
        items.push_back(file.reserve());
    }
    addHeadings(file, spec, pages, items, 0, root);
    file.set(root, "<< /Type /Outlines /First " + ref(items[0]) + " >>");
    return " /Outlines " + ref(root);
}

std::string attachmentsOf(PdfFile& file, const PdfSpec& spec) {
    std::string names;
    for (const PdfAttachment& attachment : spec.attachments) {
        const int stream = file.addStream("/Type /EmbeddedFile", attachment.bytes);
        names += hex(attachment.name) + " << /Type /Filespec /F " + hex(attachment.name) +
                 " /EF << /F " + ref(stream) + " >> >> ";
    }
    return names.empty() ? "" : " /Names << /EmbeddedFiles << /Names [" + names + "] >> >>";
}

}  // namespace

std::string makePdf(const PdfSpec& spec) {
    PdfFile file;
    for (const std::string& object : spec.objects) {
        file.add(object);
    }
    const int tree = file.reserve();
    const int image = file.addStream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace "
        "/DeviceGray",
        std::string("\x00\xFF\xFF\x00", 4));
    const std::string resources =
        "<< " + fontsOf(file, spec) + " /XObject << /I0 " + ref(image) + " >> >>";
    std::vector<int> pages;
    std::string kids;
    for (const PdfPageSpec& page : spec.pages) {
        const int content = file.addStream("", contentOf(page));
        pages.push_back(file.add("<< /Type /Page /Parent " + ref(tree) + " /MediaBox [0 0 " +
                                 number(page.width) + " " + number(page.height) + "] /Rotate " +
                                 std::to_string(page.rotate) + " /Resources " + resources +
                                 " /Contents " + ref(content) + " " + page.entries + " >>"));
        kids += ref(pages.back()) + " ";
    }
    file.set(tree,
             "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [" + kids + "] >>");
    const std::string outline = outlineOf(file, spec, pages);
    const int catalog = file.add("<< /Type /Catalog /Pages " + ref(tree) + outline +
                                 attachmentsOf(file, spec) + " " + spec.catalog + " >>");
    const int info = file.add("<< /Title " + hex(spec.title) + " " + spec.info + " >>");
    return file.bytes(catalog, info);
}

std::vector<PdfText> textLines(
    double x, double baseline, const std::vector<std::string>& lines, double leading, double size) {
    std::vector<PdfText> texts;
    for (size_t i = 0; i < lines.size(); ++i) {
        texts.push_back({.x = x,
                         .baseline = baseline + leading * static_cast<double>(i),
                         .bytes = lines[i],
                         .size = size});
    }
    return texts;
}

}  // namespace tl
