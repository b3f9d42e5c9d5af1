<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_US">
<context>
    <name>RepresentationTraining</name>
    <message numerus="yes">
        <source>Stopped after %n epoch(s) and kept</source>
        <translation>
            <numerusform>Stopped after %n epoch and kept</numerusform>
            <numerusform>Stopped after %n epochs and kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trained for %n epoch(s) and kept</source>
        <translation>
            <numerusform>Trained for %n epoch and kept</numerusform>
            <numerusform>Trained for %n epochs and kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RepresentationView</name>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trained on %1, %n sample(s)</source>
        <translation>
            <numerusform>Trained on %1, %n sample</numerusform>
            <numerusform>Trained on %1, %n samples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::JobsPanel</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::LibraryPanel</name>
    <message numerus="yes">
        <source>Label of %n sample(s)</source>
        <translation>
            <numerusform>Label of %n sample</numerusform>
            <numerusform>Label of %n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s)</source>
        <translation>
            <numerusform>%n sample</numerusform>
            <numerusform>%n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n sample(s)</source>
        <translation>
            <numerusform>%1 of %n sample</numerusform>
            <numerusform>%1 of %n samples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::MainWindow</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n thread(s) · %2</source>
        <translation>
            <numerusform>%1 · %n thread · %2</numerusform>
            <numerusform>%1 · %n threads · %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::MapBar</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::MapView</name>
    <message numerus="yes">
        <source>%n points</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epochs</source>
        <translation>
            <numerusform>%n epoch</numerusform>
            <numerusform>%n epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n placed without a new run</source>
        <translation>
            <numerusform>%n placed without a new run</numerusform>
            <numerusform>%n placed without a new run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::RepresentationPane</name>
    <message numerus="yes">
        <source>counted over %n text(s)</source>
        <translation>
            <numerusform>counted over %n text</numerusform>
            <numerusform>counted over %n texts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::RepresentationTraining</name>
    <message numerus="yes">
        <source>This workspace, %n sample(s)</source>
        <translation>
            <numerusform>This workspace, %n sample</numerusform>
            <numerusform>This workspace, %n samples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::ScatterPlot</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n points</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::Session</name>
    <message numerus="yes">
        <source>Add %n sample(s)</source>
        <translation>
            <numerusform>Add %n sample</numerusform>
            <numerusform>Add %n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n sample(s)</source>
        <translation>
            <numerusform>Remove %n sample</numerusform>
            <numerusform>Remove %n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %n sample(s)</source>
        <translation>
            <numerusform>Label %n sample</numerusform>
            <numerusform>Label %n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Find %n missing file(s)</source>
        <translation>
            <numerusform>Find %n missing file</numerusform>
            <numerusform>Find %n missing files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Select %n sample(s)</source>
        <translation>
            <numerusform>Select %n sample</numerusform>
            <numerusform>Select %n samples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more sample(s) have no embedding.</source>
        <translation>
            <numerusform>%n more sample has no embedding.</numerusform>
            <numerusform>%n more samples have no embedding.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s) are here already.</source>
        <translation>
            <numerusform>%n sample is here already.</numerusform>
            <numerusform>%n samples are here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read %n file(s)</source>
        <translation>
            <numerusform>Read %n file</numerusform>
            <numerusform>Read %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n missing file(s) found.</source>
        <translation>
            <numerusform>%n missing file found.</numerusform>
            <numerusform>%n missing files found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::TensorsTab</name>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation>
            <numerusform>%n tensor</numerusform>
            <numerusform>%n tensors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::Workspace</name>
    <message numerus="yes">
        <source>%n sample(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%n sample cannot be read and is left out.</numerusform>
            <numerusform>%n samples cannot be read and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of samples cannot be read and are left out.</source>
        <translation>
            <numerusform>%n source of samples cannot be read and is left out.</numerusform>
            <numerusform>%n sources of samples cannot be read and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) or undo step(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%n setting or undo step cannot be read and is left out.</numerusform>
            <numerusform>%n settings or undo steps cannot be read and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n change(s) could not be written and are lost.</source>
        <translation>
            <numerusform>%1: %n change could not be written and is lost.</numerusform>
            <numerusform>%1: %n changes could not be written and are lost.</numerusform>
        </translation>
    </message>
</context>
</TS>
