<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>tl::ConversationView</name>
    <message>
        <source>The answer&apos;s words stand in these lines, which speak of what the question asks.</source>
        <translation>Die Wörter der Antwort stehen in diesen Zeilen, die von dem handeln, wonach gefragt ist.</translation>
    </message>
    <message>
        <source>The answer&apos;s words stand in these lines, but nothing shows that they answer the question.</source>
        <translation>Die Wörter der Antwort stehen in diesen Zeilen, aber nichts zeigt, dass sie die Frage beantworten.</translation>
    </message>
    <message>
        <source>The answer&apos;s words were not found. These lines come nearest.</source>
        <translation>Die Wörter der Antwort wurden nicht gefunden. Diese Zeilen kommen ihr am nächsten.</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Fragen und Antworten</translation>
    </message>
    <message>
        <source>Answers appear here, with the lines they come from.</source>
        <translation>Hier erscheinen die Antworten, mit den Zeilen, aus denen sie stammen.</translation>
    </message>
    <message>
        <source>The answer was cut at its limit.</source>
        <translation>Die Antwort wurde an ihrer Höchstlänge abgeschnitten.</translation>
    </message>
    <message>
        <source>The answer was cut where it began to repeat itself.</source>
        <translation>Die Antwort wurde dort abgeschnitten, wo sie sich zu wiederholen begann.</translation>
    </message>
    <message>
        <source>From the first %1 of %2 tokens; what comes after them is left out.</source>
        <translation>Aus den ersten %1 von %2 Tokens; was danach kommt, ist nicht berücksichtigt.</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten ausblenden</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>First look: %1</source>
        <translation>Erster Blick: %1</translation>
    </message>
    <message>
        <source>%1 tokens evaluated, %2 s</source>
        <translation>%1 Tokens berechnet, %2 s</translation>
    </message>
    <message>
        <source>: &quot;%1&quot;</source>
        <translation>: „%1“</translation>
    </message>
    <message>
        <source>Lines in which words of the question stand:</source>
        <translation>Zeilen, in denen Wörter der Frage stehen:</translation>
    </message>
    <message>
        <source> definition: </source>
        <translation> Definition: </translation>
    </message>
    <message>
        <source>Asked with what was said before it in mind.</source>
        <translation>Gefragt im Zusammenhang mit dem, was zuvor gesagt wurde.</translation>
    </message>
</context>
<context>
    <name>tl::CorpusPane</name>
    <message>
        <source>Choose F&amp;older...</source>
        <translation>&amp;Ordner wählen …</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message>
        <source>Summary of the corpus</source>
        <translation>Zusammenfassung des Bestands</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Read the corpus</source>
        <translation>Den Bestand lesen</translation>
    </message>
    <message>
        <source>&amp;Corpus</source>
        <translation>&amp;Bestand</translation>
    </message>
    <message>
        <source>Read only files that match</source>
        <translation>Nur passende Dateien lesen</translation>
    </message>
    <message>
        <source>all files</source>
        <translation>alle Dateien</translation>
    </message>
    <message>
        <source>Leave out files that match</source>
        <translation>Passende Dateien auslassen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Onl&amp;y</source>
        <translation>&amp;Nur</translation>
    </message>
    <message>
        <source>E&amp;xcept</source>
        <translation>&amp;Außer</translation>
    </message>
    <message>
        <source>Patterns as in .gitignore, with blanks between them: *.md docs/. Enter lists the files anew.</source>
        <translation>Muster wie in .gitignore, durch Leerzeichen getrennt: *.md docs/. Die Eingabetaste listet die Dateien neu auf.</translation>
    </message>
    <message>
        <source>Drop a folder here or choose one.</source>
        <translation>Einen Ordner hierher ziehen oder wählen.</translation>
    </message>
    <message>
        <source>Files of the corpus</source>
        <translation>Dateien des Bestands</translation>
    </message>
    <message>
        <source>Counting tokens...</source>
        <translation>Tokens werden gezählt …</translation>
    </message>
    <message>
        <source>%1 in, %2 skipped. %3 of %4 tokens, %5 of memory once read.</source>
        <translation>%1 aufgenommen, %2 ausgelassen. %3 von %4 Tokens, nach dem Lesen %5 Speicher.</translation>
    </message>
    <message>
        <source>The files were not counted.</source>
        <translation>Die Dateien wurden nicht gezählt.</translation>
    </message>
</context>
<context>
    <name>tl::FileListModel</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>in</source>
        <translation>dabei</translation>
    </message>
    <message>
        <source>in: %1</source>
        <translation>dabei: %1</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>geöffnet</translation>
    </message>
    <message>
        <source>skipped: %1</source>
        <translation>ausgelassen: %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>tl::MainWindow</name>
    <message>
        <source>Loading the model...</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Throughline</source>
        <translation>Throughline</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Project file</source>
        <translation>Projektdatei</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;Folder...</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open F&amp;iles...</source>
        <translation>Date&amp;ien öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Project...</source>
        <translation>&amp;Projekt öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Close Project</source>
        <translation>Projekt &amp;schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Corpus</source>
        <translation>&amp;Bestand</translation>
    </message>
    <message>
        <source>&amp;Reader</source>
        <translation>&amp;Leser</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>Ü&amp;berblick</translation>
    </message>
    <message>
        <source>What the files say of themselves, in place of the conversation</source>
        <translation>Was die Dateien über sich selbst sagen, anstelle des Gesprächs</translation>
    </message>
    <message>
        <source>&amp;Go to Line</source>
        <translation>&amp;Gehe zu Zeile</translation>
    </message>
    <message>
        <source>&amp;Next Citation</source>
        <translation>&amp;Nächster Beleg</translation>
    </message>
    <message>
        <source>&amp;Previous Citation</source>
        <translation>&amp;Voriger Beleg</translation>
    </message>
    <message>
        <source>&amp;Session</source>
        <translation>&amp;Sitzung</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Second &amp;Look</source>
        <translation>&amp;Zweiter Blick</translation>
    </message>
    <message>
        <source>Read the best passages once more before answering</source>
        <translation>Vor der Antwort die besten Stellen noch einmal lesen</translation>
    </message>
    <message>
        <source>Scanned &amp;Pages and Images</source>
        <translation>Gescannte &amp;Seiten und Bilder</translation>
    </message>
    <message>
        <source>Read scanned and garbled pages of PDFs, and images, with Tesseract, where it is installed</source>
        <translation>Gescannte und unlesbare Seiten von PDFs sowie Bilder mit Tesseract lesen, wo es installiert ist</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Throughline</source>
        <translation>&amp;Über Throughline</translation>
    </message>
    <message>
        <source>%1 (%2, %3, %4)</source>
        <translation>%1 (%2, %3, %4)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>No projects yet</source>
        <translation>Noch keine Projekte</translation>
    </message>
    <message>
        <source>About Throughline</source>
        <translation>Über Throughline</translation>
    </message>
    <message>
        <source>Throughline %1</source>
        <translation>Throughline %1</translation>
    </message>
    <message>
        <source>Reads whole folders and answers questions with citations that are checked. Everything stays on this computer. Apache License 2.0.</source>
        <translation>Liest ganze Ordner und beantwortet Fragen mit geprüften Belegen. Alles bleibt auf diesem Rechner. Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>A file needs a password: press Enter on it in the list.</source>
        <translation>Eine Datei braucht ein Passwort: in der Liste darauf die Eingabetaste drücken.</translation>
    </message>
    <message>
        <source>%1 files need a password: press Enter on one in the list.</source>
        <translation>%1 Dateien brauchen ein Passwort: in der Liste auf einer die Eingabetaste drücken.</translation>
    </message>
    <message>
        <source>A file has pages without usable text: Session &gt; Scanned Pages and Images reads them.</source>
        <translation>Eine Datei hat Seiten ohne brauchbaren Text: Sitzung &gt; Gescannte Seiten und Bilder liest sie.</translation>
    </message>
    <message>
        <source>%1 files have pages without usable text: Session &gt; Scanned Pages and Images reads them.</source>
        <translation>%1 Dateien haben Seiten ohne brauchbaren Text: Sitzung &gt; Gescannte Seiten und Bilder liest sie.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Reading goes on at %1 of %2 tokens.</source>
        <translation>Das Lesen geht bei %1 von %2 Tokens weiter.</translation>
    </message>
    <message>
        <source>%1. What is read and asked is not kept when the window closes.</source>
        <translation>%1. Was gelesen und gefragt wird, bleibt nach dem Schließen des Fensters nicht erhalten.</translation>
    </message>
    <message>
        <source>Keep It Elsewhere...</source>
        <translation>Woanders aufbewahren …</translation>
    </message>
    <message>
        <source>Kept in %1</source>
        <translation>Aufbewahrt in %1</translation>
    </message>
    <message>
        <source>%1: not there any more. Answers come from what was read.</source>
        <translation>%1: nicht mehr da. Antworten kommen aus dem, was gelesen wurde.</translation>
    </message>
    <message>
        <source>%1 tokens, %2</source>
        <translation>%1 Tokens, %2</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Tokens</translation>
    </message>
    <message>
        <source>Files have changed since they were read: %1. Updating reads %2.</source>
        <translation>Dateien haben sich seit dem Lesen geändert: %1. Aktualisieren liest %2.</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>Read: %1</source>
        <translation>Gelesen: %1</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Counting tokens...</source>
        <translation>Tokens werden gezählt …</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>Lesen …</translation>
    </message>
    <message>
        <source>Answering...</source>
        <translation>Antworten …</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password for %1. It is not saved.</source>
        <translation>Passwort für %1. Es wird nicht gespeichert.</translation>
    </message>
    <message>
        <source>Choose a Folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Choose Files</source>
        <translation>Dateien wählen</translation>
    </message>
    <message>
        <source>Open a Project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Throughline projects (*.throughline)</source>
        <translation>Throughline-Projekte (*.throughline)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Keep the Project As</source>
        <translation>Projekt aufbewahren als</translation>
    </message>
    <message>
        <source>%1: not in the corpus</source>
        <translation>%1: nicht im Bestand</translation>
    </message>
    <message>
        <source>Stopped. What was read is kept.</source>
        <translation>Angehalten. Was gelesen wurde, bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>tl::MessageStrip</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung verwerfen</translation>
    </message>
</context>
<context>
    <name>tl::OverviewPage</name>
    <message>
        <source>Questions to begin with:</source>
        <translation>Fragen für den Anfang:</translation>
    </message>
    <message>
        <source>Overview of the corpus</source>
        <translation>Überblick über den Bestand</translation>
    </message>
    <message>
        <source>Ask: %1</source>
        <translation>Fragen: %1</translation>
    </message>
    <message>
        <source>%1 file, %2 tokens</source>
        <translation>%1 Datei, %2 Tokens</translation>
    </message>
    <message>
        <source>%1 files, %2 tokens</source>
        <translation>%1 Dateien, %2 Tokens</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
</context>
<context>
    <name>tl::QuestionPane</name>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>A&amp;nhalten</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Ask about the corpus</source>
        <translation>Etwas über den Bestand fragen</translation>
    </message>
    <message>
        <source>Ask the question</source>
        <translation>Die Frage stellen</translation>
    </message>
    <message>
        <source>Stop what runs</source>
        <translation>Anhalten, was läuft</translation>
    </message>
    <message>
        <source>&amp;Question</source>
        <translation>&amp;Frage</translation>
    </message>
    <message>
        <source>O&amp;verview</source>
        <translation>Ü&amp;berblick</translation>
    </message>
    <message>
        <source>Co&amp;nversation</source>
        <translation>&amp;Gespräch</translation>
    </message>
</context>
<context>
    <name>tl::ReaderPane</name>
    <message>
        <source>Text of the file</source>
        <translation>Text der Datei</translation>
    </message>
    <message>
        <source>Click a citation or open a file of the list to read it here.</source>
        <translation>Einen Beleg anklicken oder eine Datei der Liste öffnen, um sie hier zu lesen.</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>&amp;Zeile</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1, Zeile %2</translation>
    </message>
    <message>
        <source>%1, lines %2 to %3</source>
        <translation>%1, Zeilen %2 bis %3</translation>
    </message>
    <message>
        <source>No file open</source>
        <translation>Keine Datei geöffnet</translation>
    </message>
</context>
<context>
    <name>tl::ReadingBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Reading progress</source>
        <translation>Lesefortschritt</translation>
    </message>
    <message>
        <source>Reading progress in numbers</source>
        <translation>Lesefortschritt in Zahlen</translation>
    </message>
    <message>
        <source>Cancel what runs</source>
        <translation>Abbrechen, was läuft</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Tokens</translation>
    </message>
    <message>
        <source>, %1 tokens/s</source>
        <translation>, %1 Tokens/s</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>, noch %1</translation>
    </message>
</context>
<context>
    <name>tl::RecentProjects</name>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>all read</source>
        <translation>ganz gelesen</translation>
    </message>
    <message>
        <source>%1 % read</source>
        <translation>%1 % gelesen</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>vor %1 Tagen</translation>
    </message>
</context>
<context>
    <name>tl::StartPage</name>
    <message>
        <source>Try the &amp;Sample</source>
        <translation>&amp;Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>R&amp;ecent projects</source>
        <translation>&amp;Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Read once, ask for ever</source>
        <translation>Einmal lesen, immer fragen</translation>
    </message>
    <message>
        <source>Drop a folder, files or a project here, or choose them. A folder is read once; its project keeps what was read beside it, and answers at once when it is opened again. Everything stays on this computer.</source>
        <translation>Einen Ordner, Dateien oder ein Projekt hierher ziehen oder auswählen. Ein Ordner wird einmal gelesen; sein Projekt bewahrt das Gelesene daneben auf und antwortet sofort, wenn es wieder geöffnet wird. Alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Open F&amp;older...</source>
        <translation>&amp;Ordner öffnen …</translation>
    </message>
    <message>
        <source>Open F&amp;iles...</source>
        <translation>Date&amp;ien öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;Project...</source>
        <translation>&amp;Projekt öffnen …</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Das Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>A small project of notes, minutes and code to ask about</source>
        <translation>Ein kleines Projekt aus Notizen, Protokollen und Code, über das man fragen kann</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnete Projekte</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Last open</source>
        <translation>Zuletzt offen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
</context>
</TS>
