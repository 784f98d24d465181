<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>tl::ConversationView</name>
    <message>
        <source>The answer&apos;s words stand in these lines, which speak of what the question asks.</source>
        <translation>答案的词句出现在这些行中，且这些行谈到了所问的内容。</translation>
    </message>
    <message>
        <source>The answer&apos;s words stand in these lines, but nothing shows that they answer the question.</source>
        <translation>答案的词句出现在这些行中，但没有迹象表明它们回答了问题。</translation>
    </message>
    <message>
        <source>The answer&apos;s words were not found. These lines come nearest.</source>
        <translation>未找到答案的词句。这些行最为接近。</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问题与回答</translation>
    </message>
    <message>
        <source>Answers appear here, with the lines they come from.</source>
        <translation>回答会显示在这里，并附上其出处。</translation>
    </message>
    <message>
        <source>The answer was cut at its limit.</source>
        <translation>回答已达到长度上限，被截断。</translation>
    </message>
    <message>
        <source>The answer was cut where it began to repeat itself.</source>
        <translation>回答在开始重复之处被截断。</translation>
    </message>
    <message>
        <source>From the first %1 of %2 tokens; what comes after them is left out.</source>
        <translation>依据前 %1 个词元（共 %2 个）；其后的内容未计入。</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>隐藏详情</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>显示详情</translation>
    </message>
    <message>
        <source>First look: %1</source>
        <translation>初读：%1</translation>
    </message>
    <message>
        <source>%1 tokens evaluated, %2 s</source>
        <translation>已计算 %1 个词元，用时 %2 秒</translation>
    </message>
    <message>
        <source>: &quot;%1&quot;</source>
        <translation>：“%1”</translation>
    </message>
    <message>
        <source>Lines in which words of the question stand:</source>
        <translation>含有问题词语的行：</translation>
    </message>
    <message>
        <source> definition: </source>
        <translation> 定义：</translation>
    </message>
    <message>
        <source>Asked with what was said before it in mind.</source>
        <translation>提问时考虑了之前的对话。</translation>
    </message>
</context>
<context>
    <name>tl::CorpusPane</name>
    <message>
        <source>Choose F&amp;older...</source>
        <translation>选择文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>阅读(&amp;R)</translation>
    </message>
    <message>
        <source>Summary of the corpus</source>
        <translation>语料摘要</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Read the corpus</source>
        <translation>阅读语料</translation>
    </message>
    <message>
        <source>&amp;Corpus</source>
        <translation>语料(&amp;C)</translation>
    </message>
    <message>
        <source>Read only files that match</source>
        <translation>只读取匹配的文件</translation>
    </message>
    <message>
        <source>all files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Leave out files that match</source>
        <translation>排除匹配的文件</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Onl&amp;y</source>
        <translation>仅限(&amp;Y)</translation>
    </message>
    <message>
        <source>E&amp;xcept</source>
        <translation>排除(&amp;X)</translation>
    </message>
    <message>
        <source>Patterns as in .gitignore, with blanks between them: *.md docs/. Enter lists the files anew.</source>
        <translation>与 .gitignore 相同的模式，以空格分隔：*.md docs/。按回车键重新列出文件。</translation>
    </message>
    <message>
        <source>Drop a folder here or choose one.</source>
        <translation>将文件夹拖到此处，或选择一个。</translation>
    </message>
    <message>
        <source>Files of the corpus</source>
        <translation>语料中的文件</translation>
    </message>
    <message>
        <source>Counting tokens...</source>
        <translation>正在统计词元…</translation>
    </message>
    <message>
        <source>%1 in, %2 skipped. %3 of %4 tokens, %5 of memory once read.</source>
        <translation>收入 %1 个，跳过 %2 个。%3 个词元（上限 %4 个），读完后占用内存 %5。</translation>
    </message>
    <message>
        <source>The files were not counted.</source>
        <translation>文件未统计。</translation>
    </message>
</context>
<context>
    <name>tl::FileListModel</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>in</source>
        <translation>已收入</translation>
    </message>
    <message>
        <source>in: %1</source>
        <translation>已收入：%1</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>skipped: %1</source>
        <translation>已跳过：%1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>tl::MainWindow</name>
    <message>
        <source>Loading the model...</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Throughline</source>
        <translation>Throughline</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Project file</source>
        <translation>项目文件</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;Folder...</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open F&amp;iles...</source>
        <translation>打开文件(&amp;I)…</translation>
    </message>
    <message>
        <source>Open &amp;Project...</source>
        <translation>打开项目(&amp;P)…</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Close Project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Corpus</source>
        <translation>语料(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Reader</source>
        <translation>阅读窗格(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>概览(&amp;O)</translation>
    </message>
    <message>
        <source>What the files say of themselves, in place of the conversation</source>
        <translation>文件对自身的说明，代替对话显示</translation>
    </message>
    <message>
        <source>&amp;Go to Line</source>
        <translation>转到行(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Next Citation</source>
        <translation>下一处引用(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous Citation</source>
        <translation>上一处引用(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>会话(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>阅读(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Second &amp;Look</source>
        <translation>复读(&amp;L)</translation>
    </message>
    <message>
        <source>Read the best passages once more before answering</source>
        <translation>回答前再次阅读最佳段落</translation>
    </message>
    <message>
        <source>Scanned &amp;Pages and Images</source>
        <translation>扫描页和图像(&amp;P)</translation>
    </message>
    <message>
        <source>Read scanned and garbled pages of PDFs, and images, with Tesseract, where it is installed</source>
        <translation>若已安装 Tesseract，则用它读取 PDF 的扫描页、乱码页以及图像</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Throughline</source>
        <translation>关于 Throughline(&amp;A)</translation>
    </message>
    <message>
        <source>%1 (%2, %3, %4)</source>
        <translation>%1（%2，%3，%4）</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>No projects yet</source>
        <translation>尚无项目</translation>
    </message>
    <message>
        <source>About Throughline</source>
        <translation>关于 Throughline</translation>
    </message>
    <message>
        <source>Throughline %1</source>
        <translation>Throughline %1</translation>
    </message>
    <message>
        <source>Reads whole folders and answers questions with citations that are checked. Everything stays on this computer. Apache License 2.0.</source>
        <translation>通读整个文件夹，并以经过核对的引用回答问题。一切都留在本机。Apache 许可证 2.0。</translation>
    </message>
    <message>
        <source>A file needs a password: press Enter on it in the list.</source>
        <translation>有一个文件需要密码：请在列表中选中它并按回车键。</translation>
    </message>
    <message>
        <source>%1 files need a password: press Enter on one in the list.</source>
        <translation>有 %1 个文件需要密码：请在列表中选中一个并按回车键。</translation>
    </message>
    <message>
        <source>A file has pages without usable text: Session &gt; Scanned Pages and Images reads them.</source>
        <translation>有一个文件含有无可用文本的页面：可用“会话 &gt; 扫描页和图像”读取。</translation>
    </message>
    <message>
        <source>%1 files have pages without usable text: Session &gt; Scanned Pages and Images reads them.</source>
        <translation>有 %1 个文件含有无可用文本的页面：可用“会话 &gt; 扫描页和图像”读取。</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Reading goes on at %1 of %2 tokens.</source>
        <translation>从第 %1 个词元继续阅读（共 %2 个）。</translation>
    </message>
    <message>
        <source>%1. What is read and asked is not kept when the window closes.</source>
        <translation>%1。关闭窗口后，所读和所问的内容不会保留。</translation>
    </message>
    <message>
        <source>Keep It Elsewhere...</source>
        <translation>保存到其他位置…</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>保存于 %1</translation>
    </message>
    <message>
        <source>%1: not there any more. Answers come from what was read.</source>
        <translation>%1：已不存在。回答依据已读内容。</translation>
    </message>
    <message>
        <source>%1 tokens, %2</source>
        <translation>%1 个词元，%2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Files have changed since they were read: %1. Updating reads %2.</source>
        <translation>文件在读取后有改动：%1。更新将读取 %2。</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>更新(&amp;U)</translation>
    </message>
    <message>
        <source>Read: %1</source>
        <translation>已读：%1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>Counting tokens...</source>
        <translation>正在统计词元…</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在阅读…</translation>
    </message>
    <message>
        <source>Answering...</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password for %1. It is not saved.</source>
        <translation>%1 的密码。不会保存。</translation>
    </message>
    <message>
        <source>Choose a Folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Choose Files</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Open a Project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Throughline projects (*.throughline)</source>
        <translation>Throughline 项目 (*.throughline)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Keep the Project As</source>
        <translation>项目另存为</translation>
    </message>
    <message>
        <source>%1: not in the corpus</source>
        <translation>%1：不在语料中</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept.</source>
        <translation>已停止。已读内容会保留。</translation>
    </message>
</context>
<context>
    <name>tl::MessageStrip</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>tl::OverviewPage</name>
    <message>
        <source>Questions to begin with:</source>
        <translation>可以先问：</translation>
    </message>
    <message>
        <source>Overview of the corpus</source>
        <translation>语料概览</translation>
    </message>
    <message>
        <source>Ask: %1</source>
        <translation>提问：%1</translation>
    </message>
    <message>
        <source>%1 file, %2 tokens</source>
        <translation>%1 个文件，%2 个词元</translation>
    </message>
    <message>
        <source>%1 files, %2 tokens</source>
        <translation>%1 个文件，%2 个词元</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>tl::QuestionPane</name>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Ask about the corpus</source>
        <translation>就语料提问</translation>
    </message>
    <message>
        <source>Ask the question</source>
        <translation>提出问题</translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation>停止正在进行的操作</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>问题(&amp;Q)</translation>
    </message>
    <message>
        <source>O&amp;verview</source>
        <translation>概览(&amp;V)</translation>
    </message>
    <message>
        <source>Co&amp;nversation</source>
        <translation>对话(&amp;N)</translation>
    </message>
</context>
<context>
    <name>tl::ReaderPane</name>
    <message>
        <source>Text of the file</source>
        <translation>文件文本</translation>
    </message>
    <message>
        <source>Click a citation or open a file of the list to read it here.</source>
        <translation>点击引用或打开列表中的文件，即可在此阅读。</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>转到行</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>行(&amp;L)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>%1, lines %2 to %3</source>
        <translation>%1，第 %2 至 %3 行</translation>
    </message>
    <message>
        <source>No file open</source>
        <translation>未打开文件</translation>
    </message>
</context>
<context>
    <name>tl::ReadingBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading progress</source>
        <translation>阅读进度</translation>
    </message>
    <message>
        <source>Reading progress in numbers</source>
        <translation>阅读进度数值</translation>
    </message>
    <message>
        <source>Cancel what runs</source>
        <translation>取消正在进行的操作</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 / %2 个词元</translation>
    </message>
    <message>
        <source>, %1 tokens/s</source>
        <translation>，%1 词元/秒</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>，剩余 %1</translation>
    </message>
</context>
<context>
    <name>tl::RecentProjects</name>
    <message>
        <source>not there any more</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>all read</source>
        <translation>已读完</translation>
    </message>
    <message>
        <source>%1 % read</source>
        <translation>已读 %1%</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>%1 分钟前</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>%1 小时前</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>%1 天前</translation>
    </message>
</context>
<context>
    <name>tl::StartPage</name>
    <message>
        <source>Try the &amp;Sample</source>
        <translation>试用示例(&amp;S)</translation>
    </message>
    <message>
        <source>R&amp;ecent projects</source>
        <translation>最近的项目(&amp;E)</translation>
    </message>
    <message>
        <source>Read once, ask for ever</source>
        <translation>一次通读，随时提问</translation>
    </message>
    <message>
        <source>Drop a folder, files or a project here, or choose them. A folder is read once; its project keeps what was read beside it, and answers at once when it is opened again. Everything stays on this computer.</source>
        <translation>将文件夹、文件或项目拖到此处，或进行选择。文件夹只需读取一次；项目会把所读内容保存在其旁边，再次打开即可立即回答。一切都留在本机。</translation>
    </message>
    <message>
        <source>Open F&amp;older...</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Open F&amp;iles...</source>
        <translation>打开文件(&amp;I)…</translation>
    </message>
    <message>
        <source>Open &amp;Project...</source>
        <translation>打开项目(&amp;P)…</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>试用示例</translation>
    </message>
    <message>
        <source>A small project of notes, minutes and code to ask about</source>
        <translation>一个可供提问的小项目，含笔记、会议记录和代码</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Last open</source>
        <translation>上次打开</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
</context>
</TS>
