// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fake_project.h"
#include "tests/ui/ui_test.h"
#include "ui/main_window.h"

namespace tl {

// A shown window over a fake project that has one file, a.md, of three lines.
class WindowTest : public UiTest {
protected:
    WindowTest() {
        m_state.texts["a.md"] = "one\ntwo\nthree\n";
        m_window.show();
        m_window.activateWindow();
        settle();
    }

    // Plays the engine's part from choosing to the plan.
    void choosePlanned() {
        m_window.choose({"/project"});
        FileRow in;
        in.name = "a.md";
        FileRow out = in;
        out.name = "b.png";
        m_state.events->modelLoaded({"small", "cpu generic, 1 thread", 4096});
        m_state.events->filesListed(0, {in, out});
        in.state = FileRow::State::kIn;
        in.tokens = 12;
        out.state = FileRow::State::kSkipped;
        out.reasons = {{.code = "binary_format", .kind = "binary", .text = "binary"}};
        m_state.events->filesCounted({{0, in}, {1, out}});
        m_state.events->planned({1, 1, 30, 4096, 1 << 20, ""});
        settle();
    }

    // REQUIRES: a question was asked.
    void answer(const std::string& place = "") {
        Answer answer;
        answer.question = m_state.asked.back().text;
        answer.text = "It is two.";
        Citation& citation = answer.citations.emplace_back();
        citation.file = "a.md";
        citation.startLine = 2;
        citation.endLine = 3;
        citation.quote = "two\nthree";
        citation.state = CitationState::kVerified;
        citation.place = place;
        answer.seconds = 0.5;
        m_state.events->answered(m_state.asked.back().id, answer);
        settle();
    }

    FakeProjectState m_state;
    MainWindow m_window{fakeOpener(m_state)};
};

}  // namespace tl
