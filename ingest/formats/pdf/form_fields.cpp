// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/form_fields.h"

#include <Annot.h>
#include <Form.h>
#include <Page.h>
#include <UTF.h>
#include <algorithm>
#include <cstddef>
#include <goo/gmem.h>
#include <memory>
#include <utility>

#include "ingest/page/glyph_text.h"

namespace tl {
namespace {

constexpr size_t kMaxLetters = 5000;  // of a value

bool isSeen(const Annot& annot) {
    return (annot.getFlags() & (Annot::flagHidden | Annot::flagNoView)) == 0;
}

std::u32string lettersOf(const GooString* text) {
    if (text == nullptr) {
        return {};
    }
    Unicode* codes = nullptr;
    const int count = TextStringToUCS4(text->toStr(), &codes);
    std::u32string letters(codes, codes + count);
    gfree(codes);
    letters.resize(std::min(letters.size(), kMaxLetters));
    std::replace_if(
        letters.begin(), letters.end(), [](char32_t c) { return c < U' '; }, U' ');
    return letters;
}

// What viewers show decides, then the field's value.
bool isOn(const FormWidgetButton& button, const AnnotWidget& annot) {
    const Object shown = annot.getAnnotObj().dictLookup("AS");
    return shown.isName() ? !shown.isName("Off") : button.getState();
}

bool isBox(FormButtonType type) {
    return type == formButtonCheck || type == formButtonRadio;
}

std::u32string boxOf(const FormWidgetButton& button, const AnnotWidget& annot) {
    const bool isRadio = button.getButtonType() == formButtonRadio;
    const bool isTicked = isOn(button, annot);
    const char32_t code =
        isRadio ? (isTicked ? kRadioOn : kRadioOff) : (isTicked ? kCheckBoxOn : kCheckBoxOff);
    return std::u32string(1, code);
}

std::u32string chosenOf(const FormWidgetChoice& choice) {
    std::u32string chosen = lettersOf(choice.getEditChoice());
    for (int i = 0; i < choice.getNumChoices(); ++i) {
        if (choice.isSelected(i)) {
            chosen += chosen.empty() ? U"" : U", ";
            chosen += lettersOf(choice.getChoice(i));
        }
    }
    return chosen;
}

// Empty for what shows itself.
std::u32string lettersOf(const FormWidget& widget, FormFieldType type, const AnnotWidget& annot) {
    if (type == formButton) {
        const auto& button = static_cast<const FormWidgetButton&>(widget);
        return isBox(button.getButtonType()) ? boxOf(button, annot) : std::u32string();
    }
    if (type == formChoice) {
        const auto& choice = static_cast<const FormWidgetChoice&>(widget);
        return choice.isListBox() ? chosenOf(choice) : std::u32string();
    }
    return {};
}

}  // namespace

std::vector<FieldText> fieldTextsOf(Page& page) {
    std::vector<FieldText> texts;
    const std::unique_ptr<FormPageWidgets> widgets = page.getFormWidgets();
    for (int i = 0; widgets && i < widgets->getNumWidgets(); ++i) {
        FormWidget* widget = widgets->getWidget(i);
        const AnnotWidget* annot = widget->getWidgetAnnotation();
        if (annot == nullptr || !isSeen(*annot)) {
            continue;
        }
        FieldText text;
        text.letters = lettersOf(*widget, widget->getType(), *annot);
        if (!text.letters.empty()) {
            widget->getRect(&text.left, &text.bottom, &text.right, &text.top);
            text.annot = annot;
            texts.push_back(std::move(text));
        }
    }
    return texts;
}

}  // namespace tl
