<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>AlignmentData</name>
    <message>
        <source>Unseen samples</source>
        <translation>未见过的样本</translation>
    </message>
    <message>
        <source>Seen samples</source>
        <translation>见过的样本</translation>
    </message>
    <message>
        <source>All samples</source>
        <translation>全部样本</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>所选样本</translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>Attention probabilities of one query in every layer and head: where values are read from, not how much they matter for the result.</source>
        <translation>一个查询在每层每头的注意力概率：值从哪里读取，而不是它们对结果有多重要。</translation>
    </message>
    <message>
        <source>Attention probability of one query on each cell: where values are read from in this layer, not how much they matter for the result.</source>
        <translation>一个查询落在各单元格上的注意力概率：此层从哪里读取值，而不是它们对结果有多重要。</translation>
    </message>
    <message>
        <source>Attention followed through the layers with the skip connections, heads averaged: how inputs can mix, whatever the result is about.</source>
        <translation>沿各层并计入跳跃连接追踪的注意力，各头平均：输入可能如何混合，与结果内容无关。</translation>
    </message>
    <message>
        <source>Cosine of each cell&apos;s last state, projected as if the embedding were read there, with the target; the model was not trained to make cells comparable.</source>
        <translation>各单元格的最后状态（如同在该处读取嵌入那样投影）与目标的余弦；模型并未为使单元格可比而训练。</translation>
    </message>
    <message>
        <source>Attention weighted by how much it raises the similarity with the target, gathered over the layers; what lowers it is not shown.</source>
        <translation>按其提高与目标相似度的程度加权并跨层累积的注意力；降低相似度的部分不显示。</translation>
    </message>
    <message>
        <source>Attention weighted by how much it raises the length of the embedding, for want of a target; what lowers it is not shown.</source>
        <translation>因没有目标，按其增大嵌入长度的程度加权的注意力；使其减小的部分不显示。</translation>
    </message>
    <message>
        <source>Cells whose state in this layer points where the similarity with the target rises, to first order; what lowers it is not shown.</source>
        <translation>此层中状态指向使与目标相似度上升方向（一阶近似）的单元格；降低相似度的部分不显示。</translation>
    </message>
    <message>
        <source>Cells whose state in this layer points where the embedding grows, for want of a target; what lowers it is not shown.</source>
        <translation>因没有目标，此层中状态指向使嵌入增大方向的单元格；使其减小的部分不显示。</translation>
    </message>
    <message>
        <source>Cells whose state in this layer points where the score of the class rises, to first order; what lowers it is not shown.</source>
        <translation>此层中状态指向使该类别得分上升方向（一阶近似）的单元格；降低得分的部分不显示。</translation>
    </message>
    <message>
        <source>Where the decoder looked when it chose each word, in every layer and head: where values are read from, not how much they matter for the word.</source>
        <translation>解码器选择每个词时在每层每头看向哪里：值从哪里读取，而不是它们对该词有多重要。</translation>
    </message>
    <message>
        <source>Attention of the step that chose the word, weighted by how much it raises the word&apos;s probability; what lowers it is not shown.</source>
        <translation>选择该词那一步的注意力，按其提高该词概率的程度加权；降低概率的部分不显示。</translation>
    </message>
    <message>
        <source>Attention of the step that chose the word: where values are read from, not how much they matter for the word.</source>
        <translation>选择该词那一步的注意力：值从哪里读取，而不是它们对该词有多重要。</translation>
    </message>
    <message>
        <source>Attention weighted by how much it raises the likeliest answer, gathered over the layers; what lowers it is not shown.</source>
        <translation>按其提高最可能答案的程度加权并跨层累积的注意力；降低它的部分不显示。</translation>
    </message>
    <message>
        <source>Attention between words and patches in one layer: where values are read from, not how much they matter for the answer.</source>
        <translation>某一层中词与图块之间的注意力：值从哪里读取，而不是它们对答案有多重要。</translation>
    </message>
</context>
<context>
    <name>AttentionData</name>
    <message>
        <source>the attention array &quot;%1&quot; does not have the shape its grid says; compute it again</source>
        <translation>注意力数组“%1”的形状与其网格不符；请重新计算</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>%1: cannot be written; may you write to that folder?</source>
        <translation>%1：无法写入；您是否有权写入该文件夹？</translation>
    </message>
    <message>
        <source>%1: there is no such method; there are: %2.</source>
        <translation>%1：没有此方法；有：%2。</translation>
    </message>
    <message>
        <source>%1: there is no such model; give a checkpoint folder, or triptych-mini for the one that ships.</source>
        <translation>%1：没有此模型；请给出检查点文件夹，或 triptych-mini 表示随附的模型。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>%1: the text is not UTF-8; save it as UTF-8.</source>
        <translation>%1：文本不是 UTF-8；请保存为 UTF-8。</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made; may you write there?</source>
        <translation>%1：无法建立文件夹；您是否有权在那里写入？</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>%1: %2 must end in .%3.</source>
        <translation>%1：%2 必须以 .%3 结尾。</translation>
    </message>
    <message>
        <source>%1: the folder %2 does not exist; make it first.</source>
        <translation>%1：文件夹 %2 不存在；请先建立。</translation>
    </message>
    <message>
        <source>%1: the first line must name the columns a and b (and perhaps group).</source>
        <translation>%1：第一行必须给出列名 a 和 b（可另有 group）。</translation>
    </message>
    <message>
        <source>%1: row %2: there is no embedding with the id &quot;%3&quot;.</source>
        <translation>%1：第 %2 行：没有 id 为“%3”的嵌入。</translation>
    </message>
    <message>
        <source>%1: there are no pairs in it; one a line is needed.</source>
        <translation>%1：其中没有配对；需要每行一对。</translation>
    </message>
    <message>
        <source>--modality: &quot;%1&quot; is none; there are image, text, audio, video.</source>
        <translation>--modality：“%1”不是模态；有 image、text、audio、video。</translation>
    </message>
    <message>
        <source>FILE: nothing was given; name files, --text, --list or --dataset.</source>
        <translation>FILE：未给出任何内容；请指定文件、--text、--list 或 --dataset。</translation>
    </message>
    <message>
        <source>--split: no sample is in &quot;%1&quot;.</source>
        <translation>--split：“%1”中没有样本。</translation>
    </message>
    <message>
        <source>--modality: the samples have %1; choose one.</source>
        <translation>--modality：样本具有 %1；请选择其一。</translation>
    </message>
    <message>
        <source>, %1 s left</source>
        <translation>，剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1: there is no such file; check the path.</source>
        <translation>%1：没有此文件；请检查路径。</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>%1, seed %2: %3</source>
        <translation>%1，种子 %2：%3</translation>
    </message>
    <message>
        <source>--out: the folder %1 cannot be made; choose another</source>
        <translation>--out：无法建立文件夹 %1；请选另一个</translation>
    </message>
    <message>
        <source>%1: it holds nothing that was fitted; give a file that --save-fitted wrote.</source>
        <translation>%1：其中没有训练好的内容；请给出 --save-fitted 写出的文件。</translation>
    </message>
    <message>
        <source>%1: this folder cannot be made; choose another.</source>
        <translation>%1：无法建立该文件夹；请选另一个。</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2.</source>
        <translation>%1：无法写入：%2。</translation>
    </message>
    <message>
        <source>--set %1: &quot;%2&quot; is neither true nor false</source>
        <translation>--set %1：“%2”既不是 true 也不是 false</translation>
    </message>
    <message>
        <source>--set %1: NAME=VALUE is wanted</source>
        <translation>--set %1：应写成 NAME=VALUE</translation>
    </message>
    <message>
        <source>--set %1: &quot;%2&quot; is no number</source>
        <translation>--set %1：“%2”不是数字</translation>
    </message>
    <message>
        <source>METHOD: there is no representation &quot;%1&quot;; there are %2</source>
        <translation>METHOD：没有名为“%1”的表示；可用的有 %2</translation>
    </message>
    <message>
        <source>--set %1: %2 has no such option; it has %3</source>
        <translation>--set %1：%2 没有这个选项；它有 %3</translation>
    </message>
    <message>
        <source>--modality: no sample has %1</source>
        <translation>--modality：没有样本含有 %1</translation>
    </message>
    <message>
        <source>--out: nothing would be kept; give --out, --save-fitted or --steps</source>
        <translation>--out：什么都不会留下；请给出 --out、--save-fitted 或 --steps</translation>
    </message>
    <message>
        <source>--fitted: what was kept is not fitted again; leave --fit-split out</source>
        <translation>--fitted：已保留的内容不会再训练；请去掉 --fit-split</translation>
    </message>
    <message>
        <source>--set %1: it is chosen when training, and --fitted is trained already</source>
        <translation>--set %1：这是训练时选择的，而 --fitted 已经训练过</translation>
    </message>
    <message>
        <source>--steps: %1 has no steps to show</source>
        <translation>--steps：%1 没有可显示的步骤</translation>
    </message>
    <message>
        <source>%1: %2 parameters, %3 epochs in %4 s</source>
        <translation>%1：%2 个参数，%3 轮，用时 %4 s</translation>
    </message>
</context>
<context>
    <name>ColorMap</name>
    <message>
        <source>Viridis</source>
        <translation>Viridis（翠绿）</translation>
    </message>
    <message>
        <source>Magma</source>
        <translation>Magma（岩浆）</translation>
    </message>
    <message>
        <source>Inferno</source>
        <translation>Inferno（烈焰）</translation>
    </message>
    <message>
        <source>Plasma</source>
        <translation>Plasma（等离子）</translation>
    </message>
    <message>
        <source>Cividis</source>
        <translation>Cividis（蓝黄）</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>Blue to red</source>
        <translation>蓝到红</translation>
    </message>
</context>
<context>
    <name>Curve</name>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>validation loss</source>
        <translation>验证损失</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>validation accuracy</source>
        <translation>验证准确率</translation>
    </message>
    <message>
        <source>reconstruction</source>
        <translation>重建误差</translation>
    </message>
    <message>
        <source>validation reconstruction</source>
        <translation>验证重建误差</translation>
    </message>
    <message>
        <source>recall@1</source>
        <translation>R@1</translation>
    </message>
    <message>
        <source>validation recall@1</source>
        <translation>验证 R@1</translation>
    </message>
</context>
<context>
    <name>Database</name>
    <message>
        <source>another program has it open; close it there first.</source>
        <translation>另一个程序已打开它；请先在那里关闭。</translation>
    </message>
    <message>
        <source>it may not be written; allow writing to the file and its folder, or copy it elsewhere.</source>
        <translation>无权写入；请允许写入该文件及其文件夹，或将其复制到别处。</translation>
    </message>
    <message>
        <source>the disk is full; make room, what was done before is safe.</source>
        <translation>磁盘已满；请腾出空间，此前完成的内容是安全的。</translation>
    </message>
    <message>
        <source>it cannot be opened; check the folder and that you may write there.</source>
        <translation>无法打开；请检查文件夹以及您是否可以在那里写入。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>Dataset</name>
    <message>
        <source>Stamps</source>
        <translation>图章</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情符号</translation>
    </message>
    <message>
        <source>%1: this is neither a built-in data set nor a file or folder; `triptych dataset list` names the built-in ones.</source>
        <translation>%1：既不是内置数据集，也不是文件或文件夹；`triptych dataset list` 列出内置数据集。</translation>
    </message>
    <message>
        <source>%1: there are no samples in it; a data set is a folder of media, a folder per class, a CSV, TSV or JSONL table, or MNIST, FSDD or ESC as published.</source>
        <translation>%1：其中没有样本；数据集可以是媒体文件夹、每类一个文件夹、CSV、TSV 或 JSONL 表，或按原样发布的 MNIST、FSDD 或 ESC。</translation>
    </message>
</context>
<context>
    <name>DelimitedText</name>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>%1: the text is not UTF-8; save it as UTF-8.</source>
        <translation>%1：文本不是 UTF-8；请保存为 UTF-8。</translation>
    </message>
    <message>
        <source>%1: row %2: a quoted field is never closed; add the closing quote.</source>
        <translation>%1：第 %2 行：有引号字段未闭合；请补上右引号。</translation>
    </message>
</context>
<context>
    <name>Device</name>
    <message>
        <source>--device: &quot;%1&quot; is no device; give auto, cpu, cuda or cuda:N.</source>
        <translation>--device：“%1”不是设备；请给出 auto、cpu、cuda 或 cuda:N。</translation>
    </message>
    <message>
        <source>--device: this LibTorch finds no GPU; give cpu, or build with a LibTorch that has CUDA.</source>
        <translation>--device：此 LibTorch 未找到 GPU；请给出 cpu，或使用带 CUDA 的 LibTorch 构建。</translation>
    </message>
    <message>
        <source>--device: there is no %1; the last one is cuda:%2.</source>
        <translation>--device：没有 %1；最后一个是 cuda:%2。</translation>
    </message>
    <message>
        <source>There is not enough memory for this; take a smaller batch, fewer samples or a smaller model, or close other programs.</source>
        <translation>内存不足；请使用较小的批次、较少的样本或较小的模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>There is not enough memory on %1; take a smaller batch or a smaller model, or use --device cpu.</source>
        <translation>%1 上内存不足；请使用较小的批次或较小的模型，或使用 --device cpu。</translation>
    </message>
</context>
<context>
    <name>EmbeddingSet</name>
    <message>
        <source>%1: there is no array &quot;embeddings&quot; and not exactly one matrix (found: %2); name the matrix &quot;embeddings&quot;.</source>
        <translation>%1：没有数组“embeddings”，也不是恰好一个矩阵（找到：%2）；请将矩阵命名为 &quot;embeddings&quot;。</translation>
    </message>
    <message>
        <source>%1: it has %2 rows but %3 has %4; they must be one a row.</source>
        <translation>%1：有 %2 行，而 %3 有 %4 个；应每行一个。</translation>
    </message>
    <message>
        <source>%1: row %2 has %3 columns, the first has %4; every row needs the same number.</source>
        <translation>%1：第 %2 行有 %3 列，第一行有 %4 列；每行的列数必须相同。</translation>
    </message>
    <message>
        <source>%1: row %2, column %3: &quot;%4&quot; is no number.</source>
        <translation>%1：第 %2 行，第 %3 列：“%4”不是数字。</translation>
    </message>
    <message>
        <source>%1: there are no rows in it; one embedding a row is needed.</source>
        <translation>%1：其中没有行；需要每行一个嵌入。</translation>
    </message>
    <message>
        <source>%1: embeddings are kept as .npz, .npy, .tsv, .csv or .safetensors; use one of these endings.</source>
        <translation>%1：嵌入保存为 .npz、.npy、.tsv、.csv 或 .safetensors；请使用这些扩展名之一。</translation>
    </message>
    <message>
        <source>The value holds no array &quot;embeddings&quot;; make it with `triptych embed`.</source>
        <translation>该值不含数组“embeddings”；请用 `triptych embed` 生成。</translation>
    </message>
    <message>
        <source>The embeddings have %1 dimensions; one row a sample (two dimensions) is needed.</source>
        <translation>嵌入有 %1 个维度；应为每个样本一行（两个维度）。</translation>
    </message>
    <message>
        <source>There are %1 embeddings but %2 ids; one id a row is needed.</source>
        <translation>有 %1 个嵌入，却有 %2 个 id；应为每行一个 id。</translation>
    </message>
</context>
<context>
    <name>Emoji</name>
    <message>
        <source>%1: the XML is damaged at line %2; install the Debian package unicode-cldr-core again.</source>
        <translation>%1：XML 在第 %2 行损坏；请重新安装 Debian 软件包 unicode-cldr-core。</translation>
    </message>
    <message>
        <source>%1: the file is not there; install the Debian package %2.</source>
        <translation>%1：文件不存在；请安装 Debian 软件包 %2。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>表情符号</translation>
    </message>
    <message>
        <source>Emoji with names and keywords in many languages; their speech is made by espeak-ng.</source>
        <translation>带有多种语言名称和关键词的表情符号；其语音由 espeak-ng 合成。</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>There is no method &quot;%1&quot;; `triptych methods` lists them.</source>
        <translation>没有方法“%1”；`triptych methods` 列出所有方法。</translation>
    </message>
</context>
<context>
    <name>EngineLoader</name>
    <message>
        <source>%1 is missing beside the program (%2); build or install Triptych again.</source>
        <translation>程序旁缺少 %1（%2）；请重新构建或安装 Triptych。</translation>
    </message>
    <message>
        <source>The engine cannot be opened: %1. Install what is missing, or build again.</source>
        <translation>无法打开引擎：%1。请安装缺少的内容，或重新构建。</translation>
    </message>
    <message>
        <source>%1 is no engine of Triptych; check TRIPTYCH_ENGINE.</source>
        <translation>%1 不是 Triptych 的引擎；请检查 TRIPTYCH_ENGINE。</translation>
    </message>
</context>
<context>
    <name>FigureExport</name>
    <message>
        <source>%1: it could not be written (%2); choose another folder or name.</source>
        <translation>%1：无法写入（%2）；请选择其他文件夹或名称。</translation>
    </message>
    <message>
        <source>%1: there are no numbers yet; wait until something is shown, then export again.</source>
        <translation>%1：尚无数值；请等到有内容显示后再导出。</translation>
    </message>
    <message>
        <source>%1: a picture of this size does not fit into memory; lower the resolution.</source>
        <translation>%1：此尺寸的图像超出内存；请降低分辨率。</translation>
    </message>
    <message>
        <source>%1: figures are written as .png, .svg or .pdf; give one of these endings.</source>
        <translation>%1：图写为 .png、.svg 或 .pdf；请使用这些扩展名之一。</translation>
    </message>
    <message>
        <source>%1: numbers are written as .csv or .npz; give one of these endings.</source>
        <translation>%1：数值写为 .csv 或 .npz；请使用这些扩展名之一。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>&lt;p&gt;Every sample of every modality as a point: near points have similar embeddings. PCA is a straight view; UMAP keeps neighbours together and bends distances, so read neighbourhoods, not gaps. The numbers below the map say how far to trust it.&lt;/p&gt;&lt;p&gt;Wheel zooms, drag moves, double click fits. Hover shows a card; click selects; drag with the lasso or the box selects many, Shift adds. Pair lines join the modalities of one sample.&lt;/p&gt;</source>
        <translation>&lt;p&gt;每种模态的每个样本都是一个点：距离近的点嵌入相似。PCA 是线性视图；UMAP 把近邻保持在一起而使距离变形，因此应看邻域，而不是空隙。图下方的数字说明它有多可信。&lt;/p&gt;&lt;p&gt;滚轮缩放，拖动平移，双击适应窗口。悬停显示卡片；单击选择；用套索或方框拖动可多选，按住 Shift 追加。配对连线连接同一样本的各个模态。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Where the model looked when it embedded the selected sample. Raw attention is what one head of one layer attends to; rollout follows attention through all layers; relevance and Grad-CAM follow the gradient of a score; patch–text similarity compares each patch with the text. None of them proves a cause: compare methods.&lt;/p&gt;&lt;p&gt;Pick a layer and a head in the grid or by the sliders. Cells are drawn as they are unless smoothing is on.&lt;/p&gt;</source>
        <translation>&lt;p&gt;模型在为所选样本计算嵌入时看向哪里。原始注意力是某一层某个头所关注的内容；注意力展开（rollout）沿所有层追踪注意力；相关性和 Grad-CAM 沿着得分的梯度；图块–文本相似度将每个图块与文本比较。它们都不能证明因果：请比较不同方法。&lt;/p&gt;&lt;p&gt;在网格中或用滑块选择层和头。除非开启平滑，单元格按原样绘制。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;How well two modalities agree: the cosine of every pair, how often the right partner is found (R@k), and scores of whole embedding sets beside what chance would give. Compare numbers only at equal N.&lt;/p&gt;&lt;p&gt;Click a cell or a row to select its samples. Zero-shot compares the sample with the labels you type.&lt;/p&gt;</source>
        <translation>&lt;p&gt;两种模态吻合得如何：每一对的余弦、找到正确配对的频率（R@k），以及整个嵌入集的得分，旁边附有随机水平。只在 N 相同时比较数字。&lt;/p&gt;&lt;p&gt;单击单元格或行可选择其样本。零样本将样本与您输入的标签比较。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A workbench for exploring multimodal models. GPL-3.0-or-later. No network.</source>
        <translation>探索多模态模型的工作台。GPL-3.0-or-later。不使用网络。</translation>
    </message>
    <message>
        <source>Data: Tux Paint stamps (GPL-2), Noto Color Emoji (OFL 1.1), Unicode CLDR (Unicode licence). The model that ships was trained from these; its card is in its folder.</source>
        <translation>数据：Tux Paint 图章（GPL-2）、Noto Color Emoji（OFL 1.1）、Unicode CLDR（Unicode 许可证）。随附的模型由这些数据训练而成；其模型卡在模型文件夹中。</translation>
    </message>
    <message>
        <source>About Triptych</source>
        <translation>关于 Triptych</translation>
    </message>
    <message>
        <source>&lt;p&gt;A look into the current model: the tree of its modules, its tensors with their spread, the filters of its first layer, how alike its positions are, and another model beside it. Works also for files that no view can use; the line at the top says why.&lt;/p&gt;&lt;p&gt;Choose a tensor to measure it; Measure all reads every one. Pictures of filters are each in their own range, grey is zero.&lt;/p&gt;</source>
        <translation>&lt;p&gt;查看当前模型的内部：模块树、各张量及其值的分布、首层的滤波器、各位置的相似程度，以及与另一个模型的并排比较。对任何视图都无法使用的文件也有效；顶部的一行说明原因。&lt;/p&gt;&lt;p&gt;选择一个张量即可测量；“全部测量”会读取每一个。滤波器图像各用自身的范围，灰色为零。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;How the selected sample becomes a vector, step by step, by the method you choose: counts and n-grams, word vectors, convolutional and recurrent nets, autoencoders, Boltzmann machines, coordinated spaces. Change an option and the strip follows; set a second method beside it.&lt;/p&gt;&lt;p&gt;What has to be learned is trained on this workspace, a built-in data set or a folder, with live curves; it can be paused, stopped early and kept. Kept ones stay in the workspace and apply to new samples.&lt;/p&gt;</source>
        <translation>&lt;p&gt;所选样本怎样用您选择的方法一步步变成向量：计数与 n-gram、词向量、卷积与循环网络、自编码器、玻尔兹曼机、协同空间。改变选项，步骤条随之改变；还可以在旁边放第二种方法。&lt;/p&gt;&lt;p&gt;需要学习的方法可在本工作区、内置数据集或文件夹上训练，曲线实时显示；可以暂停、提前停止并保留。保留下来的存于工作区，可用于新样本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The field as a tree; each leaf a page. Run it sets up the view that the page speaks of on the open workspace. A− and A+ change the letters, Alt+Page Down turns the page.&lt;/p&gt;&lt;p&gt;Pages of your own: a Markdown file in the lessons folder of this program&apos;s data, its first line naming its place and its view.&lt;/p&gt;</source>
        <translation>&lt;p&gt;以树呈现的整个领域；每片叶子是一页。“运行”会在打开的工作区上设置好该页所讲的视图。A− 和 A+ 改变字号，Alt+Page Down 翻页。&lt;/p&gt;&lt;p&gt;自己的页面：放在本程序数据目录 lessons 文件夹里的 Markdown 文件，首行写明它的位置和视图。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>Importers</name>
    <message>
        <source>%1: the columns filename, fold and category are needed; take the table as ESC publishes it.</source>
        <translation>%1：需要 filename、fold 和 category 列；请使用 ESC 发布的原表。</translation>
    </message>
    <message>
        <source>ESC environmental sounds</source>
        <translation>ESC 环境声音</translation>
    </message>
    <message>
        <source>Five-second environmental sounds in five folds.</source>
        <translation>五秒环境声音，分五折。</translation>
    </message>
    <message>
        <source>%1: there is no file %2 in the folder audio.</source>
        <translation>%1：文件夹 audio 中没有文件 %2。</translation>
    </message>
    <message>
        <source>A folder of media: one sample a file name.</source>
        <translation>媒体文件夹：每个文件名一个样本。</translation>
    </message>
    <message>
        <source>A folder per class.</source>
        <translation>每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Free Spoken Digit Dataset</source>
        <translation>免费口语数字数据集（FSDD）</translation>
    </message>
    <message>
        <source>Spoken digits by a few speakers.</source>
        <translation>几位说话人朗读的数字。</translation>
    </message>
    <message>
        <source>%1: cannot be read.</source>
        <translation>%1：无法读取。</translation>
    </message>
    <message>
        <source>%1: the file is damaged or cut off; download it again.</source>
        <translation>%1：文件损坏或被截断；请重新下载。</translation>
    </message>
    <message>
        <source>%1: the labels %2 are not beside it; put both files in one folder.</source>
        <translation>%1：标签文件 %2 不在旁边；请将两个文件放在同一文件夹。</translation>
    </message>
    <message>
        <source>%1: this is no idx file of pictures; download it again.</source>
        <translation>%1：不是图像的 idx 文件；请重新下载。</translation>
    </message>
    <message>
        <source>%1: this is no idx file of labels; download it again.</source>
        <translation>%1：不是标签的 idx 文件；请重新下载。</translation>
    </message>
    <message>
        <source>%1: it is cut off, or does not fit its labels; download both again.</source>
        <translation>%1：被截断，或与其标签不符；请重新下载两者。</translation>
    </message>
    <message>
        <source>MNIST handwritten digits</source>
        <translation>MNIST 手写数字</translation>
    </message>
    <message>
        <source>Handwritten digits of 28 x 28 pixels in idx files.</source>
        <translation>idx 文件中 28 x 28 像素的手写数字。</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>%1: there is no such file.</source>
        <translation>%1：没有此文件。</translation>
    </message>
    <message>
        <source>Trying the files of %1</source>
        <translation>正在尝试 %1 的文件</translation>
    </message>
    <message>
        <source>%1: the file is empty; copy or export it again.</source>
        <translation>%1：文件是空的；请重新复制或导出。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
</context>
<context>
    <name>JobQueue</name>
    <message>
        <source>There is not enough memory for this; take fewer or smaller samples, or close other programs.</source>
        <translation>内存不足；请减少样本或使用较小的样本，或关闭其他程序。</translation>
    </message>
    <message>
        <source>It failed without saying why.</source>
        <translation>失败，未说明原因。</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波兰语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>乌克兰语</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊语</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其语</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来语</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
</context>
<context>
    <name>Lesson</name>
    <message>
        <source>%1: the state in the first line is no JSON object (%2).</source>
        <translation>%1：首行中的 state 不是 JSON 对象（%2）。</translation>
    </message>
    <message>
        <source>%1: the first line says &quot;%2&quot;; place, order, view, modality and state are known.</source>
        <translation>%1：首行写着“%2”；可用的是 place、order、view、modality 和 state。</translation>
    </message>
    <message>
        <source>%1: this lesson cannot be read (%2).</source>
        <translation>%1：无法读取该课程（%2）。</translation>
    </message>
    <message>
        <source>%1: the first line must be &lt;!-- place: …; order: …; view: …; modality: …; state: {…} --&gt;.</source>
        <translation>%1：首行必须是 &lt;!-- place: …; order: …; view: …; modality: …; state: {…} --&gt;。</translation>
    </message>
    <message>
        <source>Representation</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source>Coordinated</source>
        <translation>协同</translation>
    </message>
    <message>
        <source>Fusion</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Looking into a model</source>
        <translation>观察模型</translation>
    </message>
</context>
<context>
    <name>MapColoring</name>
    <message>
        <source>seen in training</source>
        <translation>训练中见过</translation>
    </message>
    <message>
        <source>unseen</source>
        <translation>未见过</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Seen / unseen</source>
        <translation>见过 / 未见过</translation>
    </message>
</context>
<context>
    <name>MediaFiles</name>
    <message>
        <source>%1: there is no such file; check the path.</source>
        <translation>%1：没有此文件；请检查路径。</translation>
    </message>
    <message>
        <source>%1: it cannot be read; it must be a file you may read.</source>
        <translation>%1：无法读取；它必须是您有权读取的文件。</translation>
    </message>
    <message>
        <source>%1: the ending is none of a picture, sound, video or text; rename it or convert it.</source>
        <translation>%1：扩展名不属于图像、声音、视频或文本；请重命名或转换。</translation>
    </message>
    <message>
        <source>%1: the file is empty; copy or export it again.</source>
        <translation>%1：文件是空的；请重新复制或导出。</translation>
    </message>
</context>
<context>
    <name>Method</name>
    <message>
        <source>Thumbnail</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Frames of a video</source>
        <translation>视频的帧</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Facts about a file</source>
        <translation>文件信息</translation>
    </message>
    <message>
        <source>Model facts</source>
        <translation>模型信息</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Encoder input</source>
        <translation>编码器输入</translation>
    </message>
    <message>
        <source>Embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Hidden states</source>
        <translation>隐藏状态</translation>
    </message>
    <message>
        <source>Attention of every layer and head</source>
        <translation>每层每头的注意力</translation>
    </message>
    <message>
        <source>Raw attention</source>
        <translation>原始注意力</translation>
    </message>
    <message>
        <source>Attention rollout</source>
        <translation>注意力展开（rollout）</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>相关性</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Patch–text similarity</source>
        <translation>图块–文本相似度</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>Place new rows on a map</source>
        <translation>将新行放到映射图上</translation>
    </message>
    <message>
        <source>Quality of a map</source>
        <translation>映射图的质量</translation>
    </message>
    <message>
        <source>Nearest neighbours (exact)</source>
        <translation>最近邻（精确）</translation>
    </message>
    <message>
        <source>Alignment scores of two sets</source>
        <translation>两个集合的对齐得分</translation>
    </message>
    <message>
        <source>Similarity matrix</source>
        <translation>相似度矩阵</translation>
    </message>
    <message>
        <source>Zero-shot classification</source>
        <translation>零样本分类</translation>
    </message>
    <message>
        <source>Triptych mini</source>
        <translation>Triptych mini</translation>
    </message>
    <message>
        <source>Tensors of a model</source>
        <translation>模型的张量</translation>
    </message>
    <message>
        <source>Filters and positions</source>
        <translation>滤波器与位置</translation>
    </message>
    <message>
        <source>Two models side by side</source>
        <translation>两个模型并排比较</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>内存中的模型</translation>
    </message>
    <message>
        <source>Unload a model</source>
        <translation>卸载模型</translation>
    </message>
    <message>
        <source>Trust a program</source>
        <translation>信任程序</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>生成文本</translation>
    </message>
    <message>
        <source>Transcribe</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Answer or match</source>
        <translation>回答或匹配</translation>
    </message>
    <message>
        <source>Attention of a written word</source>
        <translation>所生成词的注意力</translation>
    </message>
    <message>
        <source>Attention between picture and text</source>
        <translation>图像与文本之间的注意力</translation>
    </message>
    <message>
        <source>One-hot</source>
        <translation>独热编码（one-hot）</translation>
    </message>
    <message>
        <source>Bag of words</source>
        <translation>词袋</translation>
    </message>
    <message>
        <source>TF-IDF</source>
        <translation>TF-IDF</translation>
    </message>
    <message>
        <source>Word n-grams</source>
        <translation>词 n-gram</translation>
    </message>
    <message>
        <source>Character n-grams</source>
        <translation>字符 n-gram</translation>
    </message>
    <message>
        <source>Skip-gram</source>
        <translation>Skip-gram</translation>
    </message>
    <message>
        <source>CBOW</source>
        <translation>CBOW</translation>
    </message>
    <message>
        <source>GloVe</source>
        <translation>GloVe</translation>
    </message>
    <message>
        <source>BERT</source>
        <translation>BERT</translation>
    </message>
    <message>
        <source>LeNet-5</source>
        <translation>LeNet-5</translation>
    </message>
    <message>
        <source>AlexNet</source>
        <translation>AlexNet</translation>
    </message>
    <message>
        <source>VGG</source>
        <translation>VGG</translation>
    </message>
    <message>
        <source>GoogLeNet</source>
        <translation>GoogLeNet</translation>
    </message>
    <message>
        <source>ResNet</source>
        <translation>ResNet</translation>
    </message>
    <message>
        <source>Vision Transformer</source>
        <translation>Vision Transformer</translation>
    </message>
    <message>
        <source>Loaded picture model</source>
        <translation>已加载的图像模型</translation>
    </message>
    <message>
        <source>CNN, mean over frames</source>
        <translation>CNN，各帧平均</translation>
    </message>
    <message>
        <source>CNN + RNN</source>
        <translation>CNN + RNN</translation>
    </message>
    <message>
        <source>CNN + LSTM</source>
        <translation>CNN + LSTM</translation>
    </message>
    <message>
        <source>CNN + GRU</source>
        <translation>CNN + GRU</translation>
    </message>
    <message>
        <source>Clips of moving pictures</source>
        <translation>移动图像的片段</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>语谱图</translation>
    </message>
    <message>
        <source>Mel spectrogram</source>
        <translation>梅尔语谱图</translation>
    </message>
    <message>
        <source>MFCC</source>
        <translation>MFCC</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>色度</translation>
    </message>
    <message>
        <source>Pitch (YIN)</source>
        <translation>音高（YIN）</translation>
    </message>
    <message>
        <source>Sound statistics</source>
        <translation>声音统计量</translation>
    </message>
    <message>
        <source>Dense net on statistics of sounds</source>
        <translation>声音统计量上的全连接网络</translation>
    </message>
    <message>
        <source>Convolutional net on log-mel</source>
        <translation>对数梅尔上的卷积网络</translation>
    </message>
    <message>
        <source>Recurrent net on frames</source>
        <translation>逐帧的循环网络</translation>
    </message>
    <message>
        <source>GRU on frames</source>
        <translation>逐帧的 GRU</translation>
    </message>
    <message>
        <source>LSTM on frames</source>
        <translation>逐帧的 LSTM</translation>
    </message>
    <message>
        <source>Bimodal autoencoder</source>
        <translation>双模态自编码器</translation>
    </message>
    <message>
        <source>MVAE: product of experts</source>
        <translation>MVAE：专家的乘积</translation>
    </message>
    <message>
        <source>MMVAE: mixture of experts</source>
        <translation>MMVAE：专家的混合</translation>
    </message>
    <message>
        <source>MoPoE: mixture of products of experts</source>
        <translation>MoPoE：专家乘积的混合</translation>
    </message>
    <message>
        <source>Multimodal restricted Boltzmann machine</source>
        <translation>多模态受限玻尔兹曼机</translation>
    </message>
    <message>
        <source>Multimodal deep belief net</source>
        <translation>多模态深度信念网络</translation>
    </message>
    <message>
        <source>Multimodal deep Boltzmann machine</source>
        <translation>多模态深度玻尔兹曼机</translation>
    </message>
    <message>
        <source>Visual-semantic embedding (VSE)</source>
        <translation>视觉语义嵌入（VSE）</translation>
    </message>
    <message>
        <source>Visual-semantic embedding with hard negatives (VSE++)</source>
        <translation>带难负例的视觉语义嵌入（VSE++）</translation>
    </message>
    <message>
        <source>Order embedding</source>
        <translation>序嵌入</translation>
    </message>
    <message>
        <source>Correlation-coordinated representation (CCA)</source>
        <translation>相关协同表示（CCA）</translation>
    </message>
    <message>
        <source>Compare representations</source>
        <translation>比较各种表示</translation>
    </message>
</context>
<context>
    <name>Migrations</name>
    <message>
        <source>%1: it is a database of another program, not a workspace of Triptych.</source>
        <translation>%1：这是其他程序的数据库，不是 Triptych 的工作区。</translation>
    </message>
    <message>
        <source>%1: a later Triptych wrote it (version %2, this one reads up to %3); update Triptych.</source>
        <translation>%1：由更新版本的 Triptych 写入（版本 %2，当前最高读取 %3）；请更新 Triptych。</translation>
    </message>
</context>
<context>
    <name>Modality</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
</context>
<context>
    <name>ModelText</name>
    <message>
        <source>Map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>%1 G</source>
        <translation>%1 G</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>unknown family</source>
        <translation>未知模型族</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>Parameters of %1, by module</source>
        <translation>%1 的参数，按模块</translation>
    </message>
</context>
<context>
    <name>Npy</name>
    <message>
        <source>this is no NumPy array; save it with numpy.save or numpy.savez.</source>
        <translation>这不是 NumPy 数组；请用 numpy.save 或 numpy.savez 保存。</translation>
    </message>
    <message>
        <source>the .npy version %1 is not known; save it as version 1.0.</source>
        <translation>.npy 版本 %1 未知；请保存为 1.0 版。</translation>
    </message>
    <message>
        <source>the array is cut off inside its header; write the file again.</source>
        <translation>数组在其头部内被截断；请重新写出文件。</translation>
    </message>
    <message>
        <source>the shape (%1) cannot be read.</source>
        <translation>无法读取形状（%1）。</translation>
    </message>
    <message>
        <source>the shape (%1) is larger than any memory.</source>
        <translation>形状（%1）超出任何内存。</translation>
    </message>
    <message>
        <source>the header is not one of a plain array (structured arrays are not read).</source>
        <translation>头部不属于普通数组（不读取结构化数组）。</translation>
    </message>
    <message>
        <source>it holds Python objects, which are not read; save numbers or strings.</source>
        <translation>含有 Python 对象，不予读取；请保存数字或字符串。</translation>
    </message>
    <message>
        <source>the array is cut off: %1 bytes are there, %2 are needed; write the file again.</source>
        <translation>数组被截断：有 %1 字节，需要 %2 字节；请重新写出文件。</translation>
    </message>
    <message>
        <source>strings of %1 characters are not read.</source>
        <translation>不读取 %1 个字符的字符串。</translation>
    </message>
    <message>
        <source>the numbers are big endian; save them little endian.</source>
        <translation>数字为大端序；请以小端序保存。</translation>
    </message>
    <message>
        <source>the element type &quot;%1&quot; is not read; save floats, ints, bools or strings.</source>
        <translation>不读取元素类型“%1”；请保存浮点数、整数、布尔值或字符串。</translation>
    </message>
    <message>
        <source>it holds strings where numbers are needed.</source>
        <translation>应为数字之处含有字符串。</translation>
    </message>
</context>
<context>
    <name>Npz</name>
    <message>
        <source>%1: cannot be written: %2.</source>
        <translation>%1：无法写入：%2。</translation>
    </message>
    <message>
        <source>%1: there is no such file; check the path.</source>
        <translation>%1：没有此文件；请检查路径。</translation>
    </message>
    <message>
        <source>%1: it cannot be read; it must be a file you may read.</source>
        <translation>%1：无法读取；它必须是您有权读取的文件。</translation>
    </message>
    <message>
        <source>%1: the file is empty; write it again.</source>
        <translation>%1：文件是空的；请重新写出。</translation>
    </message>
    <message>
        <source>%1: this is no whole NPZ archive (%2); write it again with numpy.savez.</source>
        <translation>%1：不是完整的 NPZ 归档（%2）；请用 numpy.savez 重新写出。</translation>
    </message>
    <message>
        <source>%1: the member cannot be opened: %2.</source>
        <translation>%1：无法打开成员：%2。</translation>
    </message>
    <message>
        <source>%1: the member is damaged (%2); write the file again.</source>
        <translation>%1：成员已损坏（%2）；请重新写出文件。</translation>
    </message>
    <message>
        <source>%1: the archive holds no .npy member; write it with numpy.savez.</source>
        <translation>%1：归档中没有 .npy 成员；请用 numpy.savez 写出。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>%1: cannot be written; is its folder there, and may you write to it?</source>
        <translation>%1：无法写入；其文件夹是否存在，您是否有权写入？</translation>
    </message>
    <message>
        <source>%1: cannot be written; the file that is there cannot be replaced.</source>
        <translation>%1：无法写入；无法替换已有的文件。</translation>
    </message>
</context>
<context>
    <name>Option</name>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>max</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>peaks</source>
        <translation>峰值数</translation>
    </message>
    <message>
        <source>mels</source>
        <translation>mel 数</translation>
    </message>
    <message>
        <source>count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>配对文本</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>max_length</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>truncation</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>normalize</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>start_layer</source>
        <translation>起始层</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>target_text</source>
        <translation>目标文本</translation>
    </message>
    <message>
        <source>dims</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>neighbors</source>
        <translation>近邻数</translation>
    </message>
    <message>
        <source>min_dist</source>
        <translation>最小距离</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>until</source>
        <translation>停止于</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>from</source>
        <translation>起始轮</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>k</source>
        <translation>近邻数 k</translation>
    </message>
    <message>
        <source>include_self</source>
        <translation>包含自身</translation>
    </message>
    <message>
        <source>permutations</source>
        <translation>置换次数</translation>
    </message>
    <message>
        <source>metrics</source>
        <translation>得分项</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>split_seed</source>
        <translation>划分种子</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>weight_decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>merges</source>
        <translation>合并数</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>euclidean</source>
        <translation>欧氏</translation>
    </message>
    <message>
        <source>longest side in pixels</source>
        <translation>最长边的像素数</translation>
    </message>
    <message>
        <source>what is shown</source>
        <translation>显示的内容</translation>
    </message>
    <message>
        <source>longest side in pixels; 0 = as it is</source>
        <translation>最长边的像素数；0 = 保持原样</translation>
    </message>
    <message>
        <source>Hz; 0 = as it is</source>
        <translation>Hz；0 = 保持原样</translation>
    </message>
    <message>
        <source>parts of the waveform</source>
        <translation>波形的分段数</translation>
    </message>
    <message>
        <source>rows of the spectrogram</source>
        <translation>声谱图的行数</translation>
    </message>
    <message>
        <source>frames, evenly spaced</source>
        <translation>帧数，均匀分布</translation>
    </message>
    <message>
        <source>which source of the sample is described</source>
        <translation>描述样本的哪个来源</translation>
    </message>
    <message>
        <source>Folder of the checkpoint, or triptych-mini</source>
        <translation>检查点文件夹，或 triptych-mini</translation>
    </message>
    <message>
        <source>Texts to tokenize</source>
        <translation>要分词的文本</translation>
    </message>
    <message>
        <source>Second text of each, or none</source>
        <translation>每个文本的第二文本，可没有</translation>
    </message>
    <message>
        <source>Fill up to the longest text, to max_length, or not at all</source>
        <translation>填充到最长文本、到 max_length，或不填充</translation>
    </message>
    <message>
        <source>Tokens; 0: as many as the model reads</source>
        <translation>词元数；0：模型可读取的数量</translation>
    </message>
    <message>
        <source>Cut longer texts</source>
        <translation>截断过长的文本</translation>
    </message>
    <message>
        <source>Which source of the samples; empty: the one they have</source>
        <translation>样本的哪个来源；空：它们具有的那个</translation>
    </message>
    <message>
        <source>Bring every row to length 1</source>
        <translation>将每行归一化到长度 1</translation>
    </message>
    <message>
        <source>Samples encoded at once</source>
        <translation>一次编码的样本数</translation>
    </message>
    <message>
        <source>Folder of the checkpoint</source>
        <translation>检查点文件夹</translation>
    </message>
    <message>
        <source>Which source of the sample is looked at</source>
        <translation>查看样本的哪个来源</translation>
    </message>
    <message>
        <source>Cell of the map (row by row) or token that asks; -1 = where the embedding is read</source>
        <translation>提问的单元格（逐行编号）或词元；-1 = 读取嵌入的位置</translation>
    </message>
    <message>
        <source>Layer from 0; -1 = the last</source>
        <translation>层，从 0 起；-1 = 最后一层</translation>
    </message>
    <message>
        <source>Head from 0; -1 = the mean of all</source>
        <translation>头，从 0 起；-1 = 各头平均</translation>
    </message>
    <message>
        <source>First layer that counts</source>
        <translation>计入的第一层</translation>
    </message>
    <message>
        <source>Source of the same sample whose similarity is explained</source>
        <translation>要解释其相似度的同一样本的来源</translation>
    </message>
    <message>
        <source>A text to compare with instead of the sample&apos;s own source</source>
        <translation>用于比较的文本，代替样本自身的来源</translation>
    </message>
    <message>
        <source>Number of axes</source>
        <translation>轴数</translation>
    </message>
    <message>
        <source>Number of dimensions of the map</source>
        <translation>映射图的维数</translation>
    </message>
    <message>
        <source>Neighbours a point, itself included</source>
        <translation>每个点的近邻数，包含自身</translation>
    </message>
    <message>
        <source>How close points may stand</source>
        <translation>点与点之间可以多近</translation>
    </message>
    <message>
        <source>Length of the whole run; 0 = by size (500, 200)</source>
        <translation>整个运行的长度；0 = 按规模（500、200）</translation>
    </message>
    <message>
        <source>Epoch to stop at; 0 = the last</source>
        <translation>停止的轮次；0 = 最后一轮</translation>
    </message>
    <message>
        <source>Seed of start and sampling</source>
        <translation>初始化与采样的种子</translation>
    </message>
    <message>
        <source>Epoch that the input `state` stands at</source>
        <translation>输入 `state` 所处的轮次</translation>
    </message>
    <message>
        <source>Distance of the original space</source>
        <translation>原空间的距离</translation>
    </message>
    <message>
        <source>Also compute trustworthiness, continuity, preservation</source>
        <translation>同时计算可信度、连续性、保持率</translation>
    </message>
    <message>
        <source>Nearest rows that a new one is placed among (not for linear maps)</source>
        <translation>新行放置于其间的最近行数（不用于线性映射）</translation>
    </message>
    <message>
        <source>Neighbours a point</source>
        <translation>每个点的近邻数</translation>
    </message>
    <message>
        <source>How many neighbours a row</source>
        <translation>每行的近邻数</translation>
    </message>
    <message>
        <source>Distance: 1 − cosine, or Euclidean</source>
        <translation>距离：1 − 余弦，或欧氏距离</translation>
    </message>
    <message>
        <source>Count a row as its own neighbour when a and b are the same rows</source>
        <translation>当 a 与 b 为相同的行时，将行计为自身的近邻</translation>
    </message>
    <message>
        <source>Ranks at which recall is given</source>
        <translation>给出召回率的名次（召回率@k）</translation>
    </message>
    <message>
        <source>Shuffled pairings for the null of CKA</source>
        <translation>用于 CKA 零假设的打乱配对次数</translation>
    </message>
    <message>
        <source>Seed of the shuffles</source>
        <translation>打乱的种子</translation>
    </message>
    <message>
        <source>Which scores: all, or some of retrieval, cka, svcca, mutual_knn, gap, alignment, uniformity</source>
        <translation>哪些得分：all，或 retrieval、cka、svcca、mutual_knn、gap、alignment、uniformity 中的若干项</translation>
    </message>
    <message>
        <source>One class a label</source>
        <translation>每个标签一个类别</translation>
    </message>
    <message>
        <source>Sentences around a label, {} stands for it; their mean is taken</source>
        <translation>包含标签的句子，{} 代表标签；取其平均</translation>
    </message>
    <message>
        <source>folder for the model; a run that was stopped goes on from what is in it</source>
        <translation>模型的文件夹；中断的运行从其中已有内容继续</translation>
    </message>
    <message>
        <source>of the start, the order and the augmentation</source>
        <translation>初始化、顺序和增强的种子</translation>
    </message>
    <message>
        <source>of the A1 split into seen and unseen groups</source>
        <translation>将 A1 划分为见过与未见过组的种子</translation>
    </message>
    <message>
        <source>training steps</source>
        <translation>训练步数</translation>
    </message>
    <message>
        <source>pictures a step, half of them stamps</source>
        <translation>每步的图像数，一半为图章</translation>
    </message>
    <message>
        <source>highest learning rate</source>
        <translation>最高学习率</translation>
    </message>
    <message>
        <source>of weight matrices</source>
        <translation>权重矩阵的衰减</translation>
    </message>
    <message>
        <source>byte-pair merges of the vocabulary</source>
        <translation>词表的字节对合并数</translation>
    </message>
    <message>
        <source>folder that keeps decoded pictures and speech for the next run</source>
        <translation>为下次运行保存已解码图像和语音的文件夹</translation>
    </message>
    <message>
        <source>go on from the checkpoint in out</source>
        <translation>从 out 中的检查点继续</translation>
    </message>
    <message>
        <source>1 is repeatable bit for bit; 0 = 1 up to 5,000 rows, then as many as LibTorch</source>
        <translation>1 可逐位重现；0 = 5,000 行以内为 1，超过则与 LibTorch 相同</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Of a video: which of the frames that the model reads, from 0</source>
        <translation>视频：模型读取的帧中的第几帧，从 0 开始</translation>
    </message>
    <message>
        <source>inspect</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>bins</source>
        <translation>区间数</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>位置表</translation>
    </message>
    <message>
        <source>other</source>
        <translation>另一模型</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>target_label</source>
        <translation>目标类别</translation>
    </message>
    <message>
        <source>beams</source>
        <translation>束宽</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>top</source>
        <translation>答案数</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>stream</source>
        <translation>注意力流</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>min_df</source>
        <translation>最小文档数</translation>
    </message>
    <message>
        <source>max_units</source>
        <translation>最大单元数</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>转为小写</translation>
    </message>
    <message>
        <source>low</source>
        <translation>最小 n</translation>
    </message>
    <message>
        <source>high</source>
        <translation>最大 n</translation>
    </message>
    <message>
        <source>buckets</source>
        <translation>桶数</translation>
    </message>
    <message>
        <source>tfidf</source>
        <translation>TF-IDF</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>二值</translation>
    </message>
    <message>
        <source>sublinear</source>
        <translation>次线性</translation>
    </message>
    <message>
        <source>within_words</source>
        <translation>词内</translation>
    </message>
    <message>
        <source>transcribe</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>relevance</source>
        <translation>相关性</translation>
    </message>
    <message>
        <source>Measure every tensor: mean, deviation, range, histogram</source>
        <translation>测量每个张量：均值、标准差、范围、直方图</translation>
    </message>
    <message>
        <source>Measure this one alone</source>
        <translation>只测量这一个</translation>
    </message>
    <message>
        <source>Bins of a histogram, from the smallest to the largest value</source>
        <translation>直方图的区间数，从最小值到最大值</translation>
    </message>
    <message>
        <source>Filters of this first layer; empty: the first one found</source>
        <translation>显示此首层的滤波器；空：找到的第一个</translation>
    </message>
    <message>
        <source>Positions of this table; empty: the first one found</source>
        <translation>显示此表的位置；空：找到的第一个</translation>
    </message>
    <message>
        <source>The model to compare with</source>
        <translation>用于比较的模型</translation>
    </message>
    <message>
        <source>In later sessions too, for as long as the file stays the same</source>
        <translation>以后的会话中也有效，只要文件不变</translation>
    </message>
    <message>
        <source>Say what there is also of a checkpoint that cannot be used, and why it cannot</source>
        <translation>对无法使用的检查点也列出其内容，并说明为何无法使用</translation>
    </message>
    <message>
        <source>A class of the model&apos;s classifier whose score is explained</source>
        <translation>要解释其得分的模型分类器类别</translation>
    </message>
    <message>
        <source>Texts followed at once; 1 = the likeliest id at every step, 0 = as the model says</source>
        <translation>同时跟踪的文本数；1 = 每步取最可能的 id，0 = 按模型设定</translation>
    </message>
    <message>
        <source>Most tokens of a text, the start included; 0 = as the model says</source>
        <translation>文本的最大词元数，含开头；0 = 按模型设定</translation>
    </message>
    <message>
        <source>How the text begins</source>
        <translation>文本的开头</translation>
    </message>
    <message>
        <source>What is asked about the sample, for models that answer; empty: the sample&apos;s own text</source>
        <translation>关于样本的问题，用于能回答的模型；空：样本自身的文本</translation>
    </message>
    <message>
        <source>Code of the language that is spoken, for models that know several; empty: found out from the sound</source>
        <translation>所说语言的代码，用于支持多种语言的模型；空：由声音判断</translation>
    </message>
    <message>
        <source>What is written about a sound: its own words, or English ones</source>
        <translation>对声音写出什么：原语言的词，或英语译文</translation>
    </message>
    <message>
        <source>Question about the picture, or the text to match with it; empty: the sample&apos;s own text</source>
        <translation>关于图像的问题，或与之匹配的文本；空：样本自身的文本</translation>
    </message>
    <message>
        <source>How many answers, the likeliest first</source>
        <translation>给出多少个答案，最可能的在前</translation>
    </message>
    <message>
        <source>Written token, from 0</source>
        <translation>所生成的词元，从 0 起</translation>
    </message>
    <message>
        <source>What the attention is weighted by</source>
        <translation>注意力按什么加权</translation>
    </message>
    <message>
        <source>Layer from 0; -1 = the mean of all</source>
        <translation>层，从 0 起；-1 = 各层平均</translation>
    </message>
    <message>
        <source>Which attention of a model that has several; empty: the first</source>
        <translation>模型有多种注意力时取哪一种；空：第一种</translation>
    </message>
    <message>
        <source>Token of the text that asks; -1 = where the answer is read</source>
        <translation>提问的文本词元；-1 = 读取答案的位置</translation>
    </message>
    <message>
        <source>Block whose input, or stage whose map, is looked at, from 0; -1 = the last</source>
        <translation>查看哪个块的输入或哪个阶段的特征图，从 0 起；-1 = 最后一个</translation>
    </message>
    <message>
        <source>What gets a column: each word (a text is the union of its words), or each whole text</source>
        <translation>每列对应什么：每个词（文本为其各词的并集），或每个完整文本</translation>
    </message>
    <message>
        <source>Texts that a unit must be in to be kept</source>
        <translation>单元至少须出现在多少个文本中才保留</translation>
    </message>
    <message>
        <source>Most frequent units that are kept; 0 = all</source>
        <translation>保留最常见的单元数；0 = 全部</translation>
    </message>
    <message>
        <source>Capital letters count as small ones</source>
        <translation>大写字母视同小写</translation>
    </message>
    <message>
        <source>Shortest n-gram</source>
        <translation>最短的 n-gram</translation>
    </message>
    <message>
        <source>Longest n-gram</source>
        <translation>最长的 n-gram</translation>
    </message>
    <message>
        <source>Buckets that n-grams are hashed into; 0 = a vocabulary</source>
        <translation>n-gram 散列到的桶数；0 = 使用词表</translation>
    </message>
    <message>
        <source>Weighted by the inverse document frequency, rows of length 1</source>
        <translation>按逆文档频率加权，每行长度为 1</translation>
    </message>
    <message>
        <source>There or not, in place of counts</source>
        <translation>只记有无，不计次数</translation>
    </message>
    <message>
        <source>1 + ln(count) in place of the count</source>
        <translation>以 1 + ln(次数) 代替次数</translation>
    </message>
    <message>
        <source>Within padded words, not across them</source>
        <translation>在加空格的词内取，不跨词</translation>
    </message>
    <message>
        <source>pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>idf</source>
        <translation>逆文档频率</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知词</translation>
    </message>
    <message>
        <source>row</source>
        <translation>取行</translation>
    </message>
    <message>
        <source>skip</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>neighbours</source>
        <translation>邻居</translation>
    </message>
    <message>
        <source>analogy</source>
        <translation>类比</translation>
    </message>
    <message>
        <source>cls</source>
        <translation>CLS</translation>
    </message>
    <message>
        <source>pooler</source>
        <translation>池化层</translation>
    </message>
    <message>
        <source>attention_layer</source>
        <translation>注意力层</translation>
    </message>
    <message>
        <source>hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>分类器</translation>
    </message>
    <message>
        <source>maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>strongest</source>
        <translation>最强</translation>
    </message>
    <message>
        <source>centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <source>maximise</source>
        <translation>最大化</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>smoothness</source>
        <translation>平滑度</translation>
    </message>
    <message>
        <source>stem</source>
        <translation>首层</translation>
    </message>
    <message>
        <source>patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>同训练</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>原顺序</translation>
    </message>
    <message>
        <source>reversed</source>
        <translation>倒放</translation>
    </message>
    <message>
        <source>shuffled</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧数</translation>
    </message>
    <message>
        <source>side</source>
        <translation>边长</translation>
    </message>
    <message>
        <source>motions</source>
        <translation>运动</translation>
    </message>
    <message>
        <source>ground</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>textured</source>
        <translation>纹理</translation>
    </message>
    <message>
        <source>format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>mkv</source>
        <translation>mkv</translation>
    </message>
    <message>
        <source>webm</source>
        <translation>webm</translation>
    </message>
    <message>
        <source>test_share</source>
        <translation>测试份额</translation>
    </message>
    <message>
        <source>sound_rate</source>
        <translation>声音采样率</translation>
    </message>
    <message>
        <source>pre_emphasis</source>
        <translation>预加重</translation>
    </message>
    <message>
        <source>n_fft</source>
        <translation>FFT 长度</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗长</translation>
    </message>
    <message>
        <source>window_shape</source>
        <translation>窗形</translation>
    </message>
    <message>
        <source>hann</source>
        <translation>Hann</translation>
    </message>
    <message>
        <source>hamming</source>
        <translation>Hamming</translation>
    </message>
    <message>
        <source>rectangular</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>hop</source>
        <translation>帧移</translation>
    </message>
    <message>
        <source>pad</source>
        <translation>补边</translation>
    </message>
    <message>
        <source>reflect</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>常数</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>标度</translation>
    </message>
    <message>
        <source>htk</source>
        <translation>HTK</translation>
    </message>
    <message>
        <source>slaney</source>
        <translation>Slaney</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>归一</translation>
    </message>
    <message>
        <source>low_hz</source>
        <translation>最低频率</translation>
    </message>
    <message>
        <source>high_hz</source>
        <translation>最高频率</translation>
    </message>
    <message>
        <source>top_db</source>
        <translation>动态范围</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>db</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>ln</source>
        <translation>自然对数</translation>
    </message>
    <message>
        <source>coefficients</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>deltas</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>delta_width</source>
        <translation>差分宽度</translation>
    </message>
    <message>
        <source>tuning</source>
        <translation>调音</translation>
    </message>
    <message>
        <source>octaves</source>
        <translation>八度范围</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>抽样数</translation>
    </message>
    <message>
        <source>fill</source>
        <translation>填补</translation>
    </message>
    <message>
        <source>mean field</source>
        <translation>平均场</translation>
    </message>
    <message>
        <source>gibbs</source>
        <translation>Gibbs</translation>
    </message>
    <message>
        <source>sweeps</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>y</source>
        <translation>y</translation>
    </message>
    <message>
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>min_count</source>
        <translation>最少次数</translation>
    </message>
    <message>
        <source>keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>negatives</source>
        <translation>负例</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>抽样</translation>
    </message>
    <message>
        <source>x_max</source>
        <translation>计数上限</translation>
    </message>
    <message>
        <source>power</source>
        <translation>幂</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>inner</source>
        <translation>内部宽度</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>词片数</translation>
    </message>
    <message>
        <source>max_tokens</source>
        <translation>最多 token</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>sgd</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>own</source>
        <translation>自带</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新分</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>flip</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>published</source>
        <translation>公开</translation>
    </message>
    <message>
        <source>small</source>
        <translation>小图</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>batch_norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>auxiliary</source>
        <translation>辅助</translation>
    </message>
    <message>
        <source>auxiliary_dropout</source>
        <translation>辅助头随机失活</translation>
    </message>
    <message>
        <source>transform_input</source>
        <translation>变换输入</translation>
    </message>
    <message>
        <source>zero_last</source>
        <translation>末层置零</translation>
    </message>
    <message>
        <source>patch</source>
        <translation>图块边长</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>shuffle_frames</source>
        <translation>打乱帧</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>hold_out_column</source>
        <translation>留出列</translation>
    </message>
    <message>
        <source>hold_out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>validation_share</source>
        <translation>验证份额</translation>
    </message>
    <message>
        <source>blocks</source>
        <translation>块</translation>
    </message>
    <message>
        <source>parts</source>
        <translation>段数</translation>
    </message>
    <message>
        <source>time_mask</source>
        <translation>时间掩蔽</translation>
    </message>
    <message>
        <source>frequency_mask</source>
        <translation>频率掩蔽</translation>
    </message>
    <message>
        <source>logmel</source>
        <translation>对数梅尔</translation>
    </message>
    <message>
        <source>mfcc</source>
        <translation>MFCC</translation>
    </message>
    <message>
        <source>max_seconds</source>
        <translation>最长秒数</translation>
    </message>
    <message>
        <source>own_mean</source>
        <translation>减去自身均值</translation>
    </message>
    <message>
        <source>both_ways</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>readout</source>
        <translation>读出</translation>
    </message>
    <message>
        <source>modalities</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>bernoulli</source>
        <translation>伯努利</translation>
    </message>
    <message>
        <source>gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>text_unit</source>
        <translation>文本单位</translation>
    </message>
    <message>
        <source>char</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>latent</source>
        <translation>潜变量</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>squared</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
    </message>
    <message>
        <source>warmup</source>
        <translation>升温</translation>
    </message>
    <message>
        <source>subsets</source>
        <translation>子集</translation>
    </message>
    <message>
        <source>bound</source>
        <translation>下界</translation>
    </message>
    <message>
        <source>dreg</source>
        <translation>DReG</translation>
    </message>
    <message>
        <source>iwae</source>
        <translation>IWAE</translation>
    </message>
    <message>
        <source>elbo</source>
        <translation>ELBO</translation>
    </message>
    <message>
        <source>persistent</source>
        <translation>持续</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>ais</source>
        <translation>AIS</translation>
    </message>
    <message>
        <source>ais_chains</source>
        <translation>AIS 链数</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>ridge</source>
        <translation>岭</translation>
    </message>
    <message>
        <source>weighted</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>dataset</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>methods</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>种子数</translation>
    </message>
    <message>
        <source>first_seed</source>
        <translation>首个种子</translation>
    </message>
    <message>
        <source>leave_out</source>
        <translation>逐一留出</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参照</translation>
    </message>
    <message>
        <source>resamples</source>
        <translation>重抽样</translation>
    </message>
    <message>
        <source>Also shows the first sample&apos;s way from text to vector</source>
        <translation>同时显示第一个样本从文本到向量的过程</translation>
    </message>
    <message>
        <source>How the words&apos; vectors become one: mean, sum, or mean weighted by the inverse document frequency</source>
        <translation>各词的向量怎样合成一个：平均、求和，或以逆文档频率加权的平均</translation>
    </message>
    <message>
        <source>Words that were not learned: the row of [UNK], or left out</source>
        <translation>没有学过的词：用 [UNK] 的行，或略去</translation>
    </message>
    <message>
        <source>Word whose neighbours are shown; empty = the rarest known one of the text</source>
        <translation>要显示其邻居的词；空 = 文本中已知的最罕见的词</translation>
    </message>
    <message>
        <source>Neighbours that are shown</source>
        <translation>显示的邻居数</translation>
    </message>
    <message>
        <source>Words to add and take away; empty = none</source>
        <translation>相加和减去的词；空 = 无</translation>
    </message>
    <message>
        <source>Any checkpoint that reads texts, in place of the one trained here; empty = the trained one</source>
        <translation>任何读取文本的检查点，代替在此训练的；空 = 训练过的</translation>
    </message>
    <message>
        <source>Layer whose states are pooled: 0 = embeddings, -1 = the last</source>
        <translation>池化所用状态的层：0 = 嵌入，-1 = 最后一层</translation>
    </message>
    <message>
        <source>Mean of all pieces, the state of [CLS] (or of the piece the model is read at), or the pooler&apos;s output</source>
        <translation>所有词片的平均、[CLS]（或模型读取处的词片）的状态，或池化层的输出</translation>
    </message>
    <message>
        <source>Layer whose attention is shown: 1 to the last, -1 = the last</source>
        <translation>显示其注意力的层：1 到最后一层，-1 = 最后一层</translation>
    </message>
    <message>
        <source>Head whose attention is shown: 1 to the last, -1 = the mean of all</source>
        <translation>显示其注意力的头：1 到最后一个，-1 = 所有头的平均</translation>
    </message>
    <message>
        <source>Piece that is hidden and guessed where the text has no mask; 0 = none</source>
        <translation>文本没有掩码时，被隐藏并猜测的词片；0 = 无</translation>
    </message>
    <message>
        <source>Layer that the vector is taken from: the one before the classifier, or the mean over the map of a stage</source>
        <translation>向量取自哪一层：分类器之前的一层，或某阶段特征图的平均</translation>
    </message>
    <message>
        <source>Show the way of the first sample</source>
        <translation>显示第一个样本的过程</translation>
    </message>
    <message>
        <source>Maps and filters shown of each layer</source>
        <translation>每层显示的特征图和滤波器数</translation>
    </message>
    <message>
        <source>Map of the layer whose unit is looked at</source>
        <translation>要查看其单元的那张图</translation>
    </message>
    <message>
        <source>Which unit of that map: where it is highest for this picture, or the one in the middle</source>
        <translation>该图的哪个单元：对这张图像最高之处，或正中间</translation>
    </message>
    <message>
        <source>Make the picture that excites the unit, or a class, most (Erhan et al. 2009)</source>
        <translation>制作最能激发该单元或类别的图像（Erhan 等 2009）</translation>
    </message>
    <message>
        <source>Class that is maximised; empty = the one the net gives the first sample</source>
        <translation>要最大化的类别；空 = 网络对第一个样本给出的类别</translation>
    </message>
    <message>
        <source>Steps of the gradient ascent</source>
        <translation>梯度上升的步数</translation>
    </message>
    <message>
        <source>How strongly neighbouring pixels pull at each other in each step</source>
        <translation>每一步相邻像素彼此牵拉的强度</translation>
    </message>
    <message>
        <source>Of the noise that the ascent starts from</source>
        <translation>上升起点的噪声所用</translation>
    </message>
    <message>
        <source>Head of the layer&apos;s attention that is shown</source>
        <translation>显示该层注意力的头</translation>
    </message>
    <message>
        <source>Folder or file of any checkpoint that reads pictures, or triptych-mini</source>
        <translation>任何读取图像的检查点的文件夹或文件，或 triptych-mini</translation>
    </message>
    <message>
        <source>Layer whose mean over places is the vector; -1 = the model&apos;s own embedding</source>
        <translation>对各位置取平均作为向量的层；-1 = 模型自己的嵌入</translation>
    </message>
    <message>
        <source>Maps shown of each layer</source>
        <translation>每层显示的特征图数</translation>
    </message>
    <message>
        <source>Map of the layer whose highest unit is looked at</source>
        <translation>要查看其最强单元的那张图</translation>
    </message>
    <message>
        <source>Order of the frames: as in training, as filmed, backwards, or at random</source>
        <translation>帧的顺序：与训练相同、原顺序、倒放或随机</translation>
    </message>
    <message>
        <source>Of a random order</source>
        <translation>随机顺序所用</translation>
    </message>
    <message>
        <source>Frame whose maps are shown; behind the last one, the last</source>
        <translation>显示其特征图的帧；超过最后一帧时取最后一帧</translation>
    </message>
    <message>
        <source>Convolution whose maps are shown</source>
        <translation>显示其特征图的卷积层</translation>
    </message>
    <message>
        <source>Maps shown</source>
        <translation>显示的特征图数</translation>
    </message>
    <message>
        <source>Unit of the state whose gates are drawn as lines; -1 = the one that changes most</source>
        <translation>用线画出其门的状态单元；-1 = 变化最大的一个</translation>
    </message>
    <message>
        <source>New or empty folder that the clips are written into</source>
        <translation>片段写入的新文件夹或空文件夹</translation>
    </message>
    <message>
        <source>Clips</source>
        <translation>片段数</translation>
    </message>
    <message>
        <source>Frames of a clip</source>
        <translation>每个片段的帧数</translation>
    </message>
    <message>
        <source>Pixels of a frame&apos;s side</source>
        <translation>帧的边长（像素）</translation>
    </message>
    <message>
        <source>What moves and how, the labels: left, right, up, down, clockwise, anticlockwise, grows, shrinks</source>
        <translation>怎样运动，即标签：left、right、up、down、clockwise、anticlockwise、grows、shrinks</translation>
    </message>
    <message>
        <source>One colour, or a pattern that stands still</source>
        <translation>单一颜色，或静止的图案</translation>
    </message>
    <message>
        <source>Longer side of the picture, in sides of the frame</source>
        <translation>图像较长边，以帧的边长为单位</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Kind of video file; mkv loses nothing</source>
        <translation>视频文件的种类；mkv 无损</translation>
    </message>
    <message>
        <source>Share of the pictures for testing, where they have no split of their own</source>
        <translation>图像自身没有划分时，用于测试的图像份额</translation>
    </message>
    <message>
        <source>Of pictures, places, speeds and grounds</source>
        <translation>图像、位置、速度和背景所用</translation>
    </message>
    <message>
        <source>Hz that sounds are resampled to</source>
        <translation>声音重采样到的 Hz</translation>
    </message>
    <message>
        <source>Share of the sample before that is taken away; 0 = none</source>
        <translation>减去前一采样的份额；0 = 不减</translation>
    </message>
    <message>
        <source>Samples of the Fourier transform; 0 = about 32 ms</source>
        <translation>傅里叶变换的采样数；0 = 约 32 ms</translation>
    </message>
    <message>
        <source>Samples of the window; 0 = n_fft</source>
        <translation>窗的采样数；0 = n_fft</translation>
    </message>
    <message>
        <source>How a frame fades in and out</source>
        <translation>帧怎样渐入渐出</translation>
    </message>
    <message>
        <source>Samples from one frame to the next; 0 = 10 ms</source>
        <translation>相邻两帧相隔的采样数；0 = 10 ms</translation>
    </message>
    <message>
        <source>Beyond the ends: mirrored, silent, or only whole frames</source>
        <translation>两端之外：镜像、静音，或只取完整的帧</translation>
    </message>
    <message>
        <source>The way from the first sound to its vector, step by step</source>
        <translation>第一段声音到其向量的逐步过程</translation>
    </message>
    <message>
        <source>Frame that the steps look at; -1 = the loudest</source>
        <translation>步骤所看的帧；-1 = 最响的</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>梅尔频带数</translation>
    </message>
    <message>
        <source>Mel scale: HTK&apos;s logarithm, or Slaney&apos;s that is linear up to 1 kHz</source>
        <translation>梅尔标度：HTK 的对数，或 1 kHz 以下线性的 Slaney</translation>
    </message>
    <message>
        <source>Triangles of height 1, or of area 1</source>
        <translation>三角形高度为 1，或面积为 1</translation>
    </message>
    <message>
        <source>Where the lowest triangle begins</source>
        <translation>最低三角形的起点</translation>
    </message>
    <message>
        <source>Where the highest triangle ends; 0 = half the rate</source>
        <translation>最高三角形的终点；0 = 速率的一半</translation>
    </message>
    <message>
        <source>Quietest that is kept below the loudest, in dB; 0 = all</source>
        <translation>比最响低多少 dB 以内予以保留；0 = 全部</translation>
    </message>
    <message>
        <source>Logarithm of the mel bands; top_db holds for dB</source>
        <translation>梅尔频带的对数；top_db 只用于 dB</translation>
    </message>
    <message>
        <source>Cepstral coefficients</source>
        <translation>倒谱系数的个数</translation>
    </message>
    <message>
        <source>0 = none, 1 = slopes, 2 = curvature too</source>
        <translation>0 = 无，1 = 斜率，2 = 再加曲率</translation>
    </message>
    <message>
        <source>Frames that a slope is fitted to, an odd number</source>
        <translation>拟合斜率所用的帧数，奇数</translation>
    </message>
    <message>
        <source>Samples of the Fourier transform; 0 = about 128 ms, to tell notes apart</source>
        <translation>傅里叶变换的采样数；0 = 约 128 ms，以分清音高</translation>
    </message>
    <message>
        <source>Samples from one frame to the next; 0 = a quarter of n_fft</source>
        <translation>相邻两帧相隔的采样数；0 = n_fft 的四分之一</translation>
    </message>
    <message>
        <source>Hz of the A above middle C</source>
        <translation>中央 C 之上的 A 的 Hz</translation>
    </message>
    <message>
        <source>Deviation, in octaves around 880 Hz, of what counts; 0 = all alike</source>
        <translation>以 880 Hz 为中心、以八度计的偏差，决定什么算数；0 = 全部相同</translation>
    </message>
    <message>
        <source>Lowest pitch that is looked for</source>
        <translation>寻找的最低音高</translation>
    </message>
    <message>
        <source>Highest pitch that is looked for</source>
        <translation>寻找的最高音高</translation>
    </message>
    <message>
        <source>Aperiodicity under which a frame is voiced</source>
        <translation>低于此非周期度的帧为浊音</translation>
    </message>
    <message>
        <source>Energy, zero crossings, centroid, bandwidth, roll-off and length too</source>
        <translation>再加能量、过零、质心、带宽、滚降和长度</translation>
    </message>
    <message>
        <source>Modalities that the code is made from, as &quot;image,audio&quot;; empty = all that are there but the label</source>
        <translation>用来得到编码的模态，如“image,audio”；空 = 除标签外的所有现有模态</translation>
    </message>
    <message>
        <source>Show the first sample&apos;s way step by step</source>
        <translation>逐步显示第一个样本的过程</translation>
    </message>
    <message>
        <source>Draws from the prior that are shown</source>
        <translation>显示的先验抽样数</translation>
    </message>
    <message>
        <source>Of the draws that are shown</source>
        <translation>所示抽样所用</translation>
    </message>
    <message>
        <source>Modalities that it is made from, as &quot;image,audio&quot;; empty = all that are there but the label</source>
        <translation>用来得到它的模态，如“image,audio”；空 = 除标签外的所有现有模态</translation>
    </message>
    <message>
        <source>How missing modalities are filled in: expectations that settle, or draws that are averaged</source>
        <translation>缺失的模态怎样填补：趋于稳定的期望，或取平均的抽样</translation>
    </message>
    <message>
        <source>Updates of all units</source>
        <translation>所有单元更新的次数</translation>
    </message>
    <message>
        <source>Of Gibbs sampling</source>
        <translation>Gibbs 抽样所用</translation>
    </message>
    <message>
        <source>Hidden units whose weights are shown</source>
        <translation>显示其权重的隐藏单元数</translation>
    </message>
    <message>
        <source>Whose vector: the mean of both sides that are there, or one side&apos;s</source>
        <translation>谁的向量：现有两侧的平均，或某一侧的</translation>
    </message>
    <message>
        <source>Numbers a word</source>
        <translation>每个词的数的个数</translation>
    </message>
    <message>
        <source>Words to each side that count as near</source>
        <translation>两侧多少个词算附近</translation>
    </message>
    <message>
        <source>A word seen less often counts as unknown</source>
        <translation>出现更少的词算未知词</translation>
    </message>
    <message>
        <source>Of captions and keywords, where samples have them in several; empty = each one&apos;s own text</source>
        <translation>样本有多种语言的说明和关键词时所用的语言；空 = 各自的文本</translation>
    </message>
    <message>
        <source>Learns from the column of keywords too</source>
        <translation>也从关键词列学习</translation>
    </message>
    <message>
        <source>Times that every text is read</source>
        <translation>每段文本读取的次数</translation>
    </message>
    <message>
        <source>Learning rate at the beginning</source>
        <translation>开始时的学习率</translation>
    </message>
    <message>
        <source>Of the start, the order and every draw</source>
        <translation>初始值、顺序和每次抽取所用</translation>
    </message>
    <message>
        <source>Words drawn by frequency^.75 that a right one is told from</source>
        <translation>按频率^.75 抽出的词，正确的词要与之区分</translation>
    </message>
    <message>
        <source>Words more frequent than this share are left out at random; 0 = none is</source>
        <translation>比此份额更常见的词会被随机略去；0 = 都不略去</translation>
    </message>
    <message>
        <source>Pairs counted this often or more weigh 1 (the paper, on billions of words: 100)</source>
        <translation>达到此次数的词对权重为 1（论文在数十亿词上用 100）</translation>
    </message>
    <message>
        <source>Of count / x_max in the weight of rarer pairs</source>
        <translation>更罕见词对的权重中 count / x_max 的指数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Numbers a piece</source>
        <translation>每个词片的数的个数</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Width inside the perceptrons</source>
        <translation>感知机内部的宽度</translation>
    </message>
    <message>
        <source>Pieces of the vocabulary that is learned from the texts</source>
        <translation>从文本学习的词表的词片数</translation>
    </message>
    <message>
        <source>Longest text in pieces; longer ones are cut</source>
        <translation>最长文本的词片数；更长的截断</translation>
    </message>
    <message>
        <source>Share of the pieces that are to be guessed</source>
        <translation>要猜测的词片份额</translation>
    </message>
    <message>
        <source>Folder that the model is written to as a Hugging Face one too; empty = none</source>
        <translation>模型另以 Hugging Face 文件夹写到此处；空 = 不写</translation>
    </message>
    <message>
        <source>Times that every sample is seen</source>
        <translation>每个样本见到的次数</translation>
    </message>
    <message>
        <source>Samples a step</source>
        <translation>每步的样本数</translation>
    </message>
    <message>
        <source>Highest learning rate; warmed up, then cosine</source>
        <translation>最高学习率；先升温，再按余弦下降</translation>
    </message>
    <message>
        <source>Pull of weights towards zero</source>
        <translation>把权重拉向零的强度</translation>
    </message>
    <message>
        <source>Largest common norm of the gradients; 0 = any</source>
        <translation>梯度共同范数的上限；0 = 不限</translation>
    </message>
    <message>
        <source>Epochs without a better validation loss until it stops; 0 = never</source>
        <translation>验证损失多少轮没有改善就停止；0 = 永不</translation>
    </message>
    <message>
        <source>Adam, or gradient descent with momentum .9</source>
        <translation>Adam，或动量为 .9 的梯度下降</translation>
    </message>
    <message>
        <source>Pixels of a picture&apos;s side</source>
        <translation>图像的边长（像素）</translation>
    </message>
    <message>
        <source>Brightness alone, or red, green and blue</source>
        <translation>只有亮度，或红绿蓝</translation>
    </message>
    <message>
        <source>Dark on light becomes light on dark</source>
        <translation>浅底深色变为深底浅色</translation>
    </message>
    <message>
        <source>Times the published numbers of maps</source>
        <translation>公开网络图数的倍数</translation>
    </message>
    <message>
        <source>The samples&apos; own split, or a new one by group with a fifth for testing</source>
        <translation>样本自己的划分，或按组新分、五分之一用于测试</translation>
    </message>
    <message>
        <source>Share of the training groups that choose the epoch; 0 keeps the last</source>
        <translation>用来选择轮次的训练组份额；0 则保留最后一轮</translation>
    </message>
    <message>
        <source>Training pictures move by up to so many pixels</source>
        <translation>训练图像最多移动的像素数</translation>
    </message>
    <message>
        <source>Half of the training pictures are mirrored, drawn anew each time</source>
        <translation>一半训练图像左右翻转，每次重新抽取</translation>
    </message>
    <message>
        <source>Training pictures are up to this share lighter or darker</source>
        <translation>训练图像变亮或变暗的最大份额</translation>
    </message>
    <message>
        <source>First layers as published, or for small pictures; auto takes those under 128 pixels</source>
        <translation>首层如公开网络，或适合小图像；auto 在 128 像素以下用后者</translation>
    </message>
    <message>
        <source>Share of units switched off while training</source>
        <translation>训练时关闭的单元份额</translation>
    </message>
    <message>
        <source>Layers with weights</source>
        <translation>带权重的层数</translation>
    </message>
    <message>
        <source>Batch norm after each convolution; without it deep ones hardly train</source>
        <translation>每个卷积之后做批归一化；没有它，深的网络几乎无法训练</translation>
    </message>
    <message>
        <source>Weight of each auxiliary head&apos;s loss; 0 = no heads</source>
        <translation>每个辅助头损失的权重；0 = 没有辅助头</translation>
    </message>
    <message>
        <source>Share of numbers switched off before the classifier</source>
        <translation>分类器之前关闭的数的份额</translation>
    </message>
    <message>
        <source>The same in the auxiliary heads</source>
        <translation>辅助头中同样的份额</translation>
    </message>
    <message>
        <source>Turn ImageNet&apos;s scale of pixels into ±1, as torchvision&apos;s published weights want it</source>
        <translation>把 ImageNet 的像素尺度变为 ±1，torchvision 公开的权重需要这样</translation>
    </message>
    <message>
        <source>Blocks start as the identity: the last batch norm of each has weight 0</source>
        <translation>块从恒等映射开始：每块最后的批归一化权重为 0</translation>
    </message>
    <message>
        <source>Side of a patch in pixels; divides the side</source>
        <translation>图块的边长（像素）；须整除图像边长</translation>
    </message>
    <message>
        <source>Blocks of attention and perceptron</source>
        <translation>注意力与感知机块数</translation>
    </message>
    <message>
        <source>Heads of attention; divides 768 × width</source>
        <translation>注意力头数；须整除 768 × width</translation>
    </message>
    <message>
        <source>Share of numbers switched off while training</source>
        <translation>训练时关闭的数的份额</translation>
    </message>
    <message>
        <source>Frames of a clip, evenly spaced; 1 = the middle one</source>
        <translation>片段的帧数，均匀分布；1 = 中间一帧</translation>
    </message>
    <message>
        <source>Maps of the first convolution; doubled by the second and the third</source>
        <translation>第一个卷积的图数；第二、第三个依次加倍</translation>
    </message>
    <message>
        <source>Numbers that stand for a frame</source>
        <translation>代表一帧的数的个数</translation>
    </message>
    <message>
        <source>Frames in random order, as an ablation: without order no motion</source>
        <translation>帧按随机顺序，作为消融：没有顺序就没有运动</translation>
    </message>
    <message>
        <source>Clips are moved by up to this share of the side, around the edge</source>
        <translation>片段最多移动边长的这一份额，越界绕回</translation>
    </message>
    <message>
        <source>Numbers in the recurrent layer&apos;s state</source>
        <translation>循环层状态的数的个数</translation>
    </message>
    <message>
        <source>What stands for the clip: the last state, or the mean of all</source>
        <translation>什么代表片段：最后的状态，或所有状态的平均</translation>
    </message>
    <message>
        <source>Units a layer</source>
        <translation>每层的单元数</translation>
    </message>
    <message>
        <source>Dense layers</source>
        <translation>全连接层数</translation>
    </message>
    <message>
        <source>Share of units that is left out at random in training</source>
        <translation>训练时随机去掉的单元份额</translation>
    </message>
    <message>
        <source>Column of the samples that hold_out is a value of</source>
        <translation>hold_out 所属的样本列</translation>
    </message>
    <message>
        <source>Samples with this value are tested on, all others trained on; empty = their own split</source>
        <translation>含此值的样本用于测试，其余用于训练；空 = 自带划分</translation>
    </message>
    <message>
        <source>Share of training groups that choose the epoch</source>
        <translation>用来选择轮次的训练组份额</translation>
    </message>
    <message>
        <source>Maps of the first block; each further one has twice as many</source>
        <translation>第一块的图数；之后每块加倍</translation>
    </message>
    <message>
        <source>Convolutions, each halving bands and frames</source>
        <translation>卷积数，每个把频带和帧减半</translation>
    </message>
    <message>
        <source>Equal parts of a sound that are averaged apart</source>
        <translation>声音分成几个等长段分别平均</translation>
    </message>
    <message>
        <source>Numbers of the vector</source>
        <translation>向量的数的个数</translation>
    </message>
    <message>
        <source>SpecAugment: most frames that are hidden in training; 0 = none</source>
        <translation>SpecAugment：训练时最多隐藏的帧数；0 = 不隐藏</translation>
    </message>
    <message>
        <source>SpecAugment: most bands that are hidden in training; 0 = none</source>
        <translation>SpecAugment：训练时最多隐藏的频带数；0 = 不隐藏</translation>
    </message>
    <message>
        <source>What a frame is described by</source>
        <translation>用什么描述一帧</translation>
    </message>
    <message>
        <source>Beginning of a sound that is used</source>
        <translation>所用声音开头部分的长度</translation>
    </message>
    <message>
        <source>Each sound&apos;s own mean over time is taken away: rooms and microphones</source>
        <translation>减去每段声音自己的时间均值：房间和麦克风的影响</translation>
    </message>
    <message>
        <source>Units of a state</source>
        <translation>状态的单元数</translation>
    </message>
    <message>
        <source>Recurrent layers</source>
        <translation>循环层数</translation>
    </message>
    <message>
        <source>A second one reads from the end</source>
        <translation>第二个从结尾读起</translation>
    </message>
    <message>
        <source>The vector: the mean of all states, or the last</source>
        <translation>向量：所有状态的平均，或最后一个</translation>
    </message>
    <message>
        <source>SpecAugment: most features that are hidden in training; 0 = none</source>
        <translation>SpecAugment：训练时最多隐藏的特征数；0 = 不隐藏</translation>
    </message>
    <message>
        <source>Two or more of image, left, right (halves of the picture), label, text, audio</source>
        <translation>image、left、right（图像的左右半）、label、text、audio 中的两个或更多</translation>
    </message>
    <message>
        <source>Three channels in place of brightness</source>
        <translation>三个通道代替亮度</translation>
    </message>
    <message>
        <source>Distribution of a pixel</source>
        <translation>像素的分布</translation>
    </message>
    <message>
        <source>Hz that sounds are read at</source>
        <translation>读取声音的 Hz</translation>
    </message>
    <message>
        <source>Mel bands of a sound</source>
        <translation>声音的梅尔频带数</translation>
    </message>
    <message>
        <source>Columns of a sound&apos;s log-mel patch</source>
        <translation>声音对数梅尔块的列数</translation>
    </message>
    <message>
        <source>What texts are counted in: words, or one to three letters in a row</source>
        <translation>文本按什么计数：词，或连续一到三个字母</translation>
    </message>
    <message>
        <source>Most frequent words or letters that are kept</source>
        <translation>保留的最常见的词或字母</translation>
    </message>
    <message>
        <source>A word or letter in fewer training texts is left out</source>
        <translation>出现在更少训练文本中的词或字母略去</translation>
    </message>
    <message>
        <source>Widths of each encoder&apos;s hidden layers; decoders mirror them</source>
        <translation>每个编码器隐藏层的宽度；解码器与之对称</translation>
    </message>
    <message>
        <source>Numbers in the shared code</source>
        <translation>共享编码的数的个数</translation>
    </message>
    <message>
        <source>How often a modality&apos;s input is hidden in training</source>
        <translation>训练时隐藏某模态输入的频率</translation>
    </message>
    <message>
        <source>Squared error of the reconstruction, or its negative log likelihood</source>
        <translation>重建的平方误差，或其负对数似然</translation>
    </message>
    <message>
        <source>Of each modality&apos;s error, as &quot;label=10, image=1&quot;; label and text have 10, others 1</source>
        <translation>各模态误差的权重，如“label=10, image=1”；label 和 text 为 10，其余为 1</translation>
    </message>
    <message>
        <source>Numbers in the joint code</source>
        <translation>联合编码的数的个数</translation>
    </message>
    <message>
        <source>Of each modality&apos;s likelihood, as &quot;label=10, image=1&quot;; label and text have 10, others 1</source>
        <translation>各模态似然的权重，如“label=10, image=1”；label 和 text 为 10，其余为 1</translation>
    </message>
    <message>
        <source>Weight of the divergence from the prior</source>
        <translation>与先验的散度的权重</translation>
    </message>
    <message>
        <source>Epochs over which that weight grows from 0</source>
        <translation>该权重从 0 升到位的轮数</translation>
    </message>
    <message>
        <source>Random subsets a step beside the whole and each alone (three modalities or more)</source>
        <translation>在整体和各单独模态之外，每步的随机子集数（三个或更多模态）</translation>
    </message>
    <message>
        <source>Draws K of each expert</source>
        <translation>每个专家的抽样数 K</translation>
    </message>
    <message>
        <source>Importance-weighted with doubly reparametrised gradients, plainly, or the mean over draws</source>
        <translation>带双重重参数梯度的重要性加权、普通的重要性加权，或抽样平均</translation>
    </message>
    <message>
        <source>Units of the joint layer</source>
        <translation>联合层的单元数</translation>
    </message>
    <message>
        <source>Gibbs steps a gradient (the k of CD-k)</source>
        <translation>每次梯度的 Gibbs 步数（CD-k 的 k）</translation>
    </message>
    <message>
        <source>Chains go on from batch to batch (PCD), else they start at the data (CD)</source>
        <translation>链在批之间延续（PCD），否则从数据开始（CD）</translation>
    </message>
    <message>
        <source>Times that every sample is seen, in each stage</source>
        <translation>每个阶段中每个样本见到的次数</translation>
    </message>
    <message>
        <source>Samples a step, and chains</source>
        <translation>每步的样本数，也是链数</translation>
    </message>
    <message>
        <source>Learning rate; falls to 0 where chains are persistent</source>
        <translation>学习率；链持续时降到 0</translation>
    </message>
    <message>
        <source>Of the steps; .5 in the first five epochs</source>
        <translation>各步的动量；前五轮为 .5</translation>
    </message>
    <message>
        <source>Temperatures of annealed importance sampling that estimates log Z at the end; 0 = not</source>
        <translation>结束时用退火重要性抽样估计 log Z 的温度数；0 = 不估计</translation>
    </message>
    <message>
        <source>Chains of it</source>
        <translation>其链数</translation>
    </message>
    <message>
        <source>Units of each modality&apos;s own hidden layers from below, as &quot;256,128&quot;</source>
        <translation>每个模态自己的隐藏层单元数，自下而上，如“256,128”</translation>
    </message>
    <message>
        <source>First modality; of an order, the more special one</source>
        <translation>第一个模态；对序来说是较特殊的一个</translation>
    </message>
    <message>
        <source>Second modality; of an order, the more general one</source>
        <translation>第二个模态；对序来说是较一般的一个</translation>
    </message>
    <message>
        <source>A model whose embeddings are the features; empty = simple features</source>
        <translation>以其嵌入为特征的模型；空 = 简单特征</translation>
    </message>
    <message>
        <source>Most frequent groups of letters that texts are counted in</source>
        <translation>文本计数所用的最常见字母组</translation>
    </message>
    <message>
        <source>Dimensions of the common space</source>
        <translation>公共空间的维度</translation>
    </message>
    <message>
        <source>Units of a hidden layer in each head; 0 = linear heads</source>
        <translation>每个头中隐藏层的单元数；0 = 线性头</translation>
    </message>
    <message>
        <source>How much better the right partner has to be than a wrong one</source>
        <translation>正确伙伴必须比错误伙伴好多少</translation>
    </message>
    <message>
        <source>Share of the features that are left out at random in training</source>
        <translation>训练时随机略去的特征份额</translation>
    </message>
    <message>
        <source>Epochs with all wrong partners before only the hardest counts</source>
        <translation>先用所有错误伙伴的轮数，之后只算最难的</translation>
    </message>
    <message>
        <source>Added to the covariances&apos; diagonals, as a share of their mean diagonal</source>
        <translation>加到协方差对角线上的量，以对角线平均的份额计</translation>
    </message>
    <message>
        <source>Dimensions weigh as much as they correlate</source>
        <translation>维度的权重等于其相关</translation>
    </message>
    <message>
        <source>Of the split, where the samples have none</source>
        <translation>样本没有划分时所用</translation>
    </message>
    <message>
        <source>Data set by name or path; empty = the samples that are given</source>
        <translation>数据集的名称或路径；空 = 给出的样本</translation>
    </message>
    <message>
        <source>What is represented; empty = the first that the data set has</source>
        <translation>表示什么；空 = 数据集的第一个模态</translation>
    </message>
    <message>
        <source>Names with commas; model:FOLDER, pixels and random too; empty = all of the modality</source>
        <translation>用逗号分隔的名称；也可用 model:FOLDER、pixels 和 random；空 = 该模态的全部方法</translation>
    </message>
    <message>
        <source>Splits and starts</source>
        <translation>划分与初始值</translation>
    </message>
    <message>
        <source>The others follow it</source>
        <translation>其余依次递增</translation>
    </message>
    <message>
        <source>Official sides where the data set has them, its own whatever they are, or dealt by the seed</source>
        <translation>数据集有官方划分时用官方的，无论如何用自带的，或由种子来分</translation>
    </message>
    <message>
        <source>A column (speaker): the samples of one value a seed are tested on</source>
        <translation>一个列（如 speaker）：每个种子以其中一个值的样本测试</translation>
    </message>
    <message>
        <source>Three hundred samples and two epochs: to see that all works</source>
        <translation>三百个样本、两轮：看一切能否运行</translation>
    </message>
    <message>
        <source>METHOD.OPTION=VALUE with commas; METHOD may be *</source>
        <translation>用逗号分隔的 METHOD.OPTION=VALUE；METHOD 可以是 *</translation>
    </message>
    <message>
        <source>The method that others are compared with; empty = the best of each metric</source>
        <translation>其他方法与之比较的方法；空 = 每个指标最好的</translation>
    </message>
    <message>
        <source>Draws of the bootstrap</source>
        <translation>自助法抽取次数</translation>
    </message>
    <message>
        <source>Folder for results.csv, results.json, report.html and the trials; a run goes on there</source>
        <translation>results.csv、results.json、report.html 和各次试验的文件夹；在那里可以继续运行</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>%1: it must be a whole number.</source>
        <translation>%1：必须是整数。</translation>
    </message>
    <message>
        <source>%1: it must be a number.</source>
        <translation>%1：必须是数字。</translation>
    </message>
    <message>
        <source>%1: %2 is out of range; give a number from %3 to %4.</source>
        <translation>%1：%2 超出范围；请给出 %3 到 %4 的数字。</translation>
    </message>
    <message>
        <source>%1: it must be true or false.</source>
        <translation>%1：必须是 true 或 false。</translation>
    </message>
    <message>
        <source>%1: it must be a list.</source>
        <translation>%1：必须是列表。</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is no choice; give one of %3.</source>
        <translation>%1：“%2”不是可选项；请给出 %3 之一。</translation>
    </message>
    <message>
        <source>%1: it must be a text.</source>
        <translation>%1：必须是文本。</translation>
    </message>
    <message>
        <source>%1: it has no option &quot;%2&quot;; it takes %3.</source>
        <translation>%1：没有选项“%2”；可用的有 %3。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The input &quot;%1&quot; is missing; compute or load it first.</source>
        <translation>缺少输入“%1”；请先计算或载入。</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>the fastest there is</source>
        <translation>现有最快的</translation>
    </message>
    <message>
        <source>processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>graphics card %1</source>
        <translation>显卡 %1</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light or dark; plots follow, exports stay light.</source>
        <translation>浅色或深色；图表随之改变，导出仍为浅色。</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of menus, help, numbers and dates.</source>
        <translation>菜单、帮助、数字和日期的语言。</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Of everything in the window.</source>
        <translation>窗口中的所有文字。</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>色图</translation>
    </message>
    <message>
        <source>Of attention maps. All but gray and blue–red rise evenly in lightness; cividis reads the same to colour-blind eyes.</source>
        <translation>注意力图的色图。除灰度和蓝–红外，亮度都均匀上升；cividis 对色觉障碍者同样易读。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What computes models. The engine opens anew; what is computed stays.</source>
        <translation>用什么计算模型。引擎会重新打开；已算好的结果保留。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>How many cores models may use.</source>
        <translation>模型可以使用几个核心。</translation>
    </message>
    <message>
        <source>every core</source>
        <translation>所有核心</translation>
    </message>
    <message>
        <source>Memory for results</source>
        <translation>结果占用的内存</translation>
    </message>
    <message>
        <source>Attention maps and the like that stay at hand; the oldest go first.</source>
        <translation>随时可用的注意力图等结果；最旧的先丢弃。</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
</context>
<context>
    <name>RepresentationTraining</name>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 s</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 min</translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n epoch(s) and kept</source>
        <translation>
            <numerusform>已在 %n 轮后停止并保留</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trained for %n epoch(s) and kept</source>
        <translation>
            <numerusform>已训练 %n 轮并保留</numerusform>
        </translation>
    </message>
    <message>
        <source>the weights are those of epoch %1</source>
        <translation>权重取自第 %1 轮</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>RepresentationView</name>
    <message>
        <source> of &quot;%1&quot;</source>
        <translation>：“%1”</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n 轮</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped after %1</source>
        <translation>在 %1 后停止</translation>
    </message>
    <message>
        <source>this workspace</source>
        <translation>本工作区</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>Trained on %1, %n sample(s)</source>
        <translation>
            <numerusform>在 %1 上训练，%n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>Seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>The weights of epoch %1 are kept</source>
        <translation>保留第 %1 轮的权重</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>%1 s of training</source>
        <translation>训练用时 %1 s</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove from the workspace</source>
        <translation>从工作区移除</translation>
    </message>
    <message>
        <source>Undo brings it back</source>
        <translation>撤销可以恢复</translation>
    </message>
    <message>
        <source>Rename what was trained</source>
        <translation>重命名训练结果</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>名称：</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source>Coordinated</source>
        <translation>协同</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>Safetensors</name>
    <message>
        <source>%1: the element type &quot;%2&quot; is not read; save it as F32.</source>
        <translation>%1：不读取元素类型“%2”；请保存为 F32。</translation>
    </message>
    <message>
        <source>%1: the shape makes no sense; the file is damaged.</source>
        <translation>%1：形状没有意义；文件已损坏。</translation>
    </message>
    <message>
        <source>%1: the tensor reaches beyond the file; write the file again.</source>
        <translation>%1：张量超出文件；请重新写出文件。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>%1: this is no whole safetensors file; write it again.</source>
        <translation>%1：不是完整的 safetensors 文件；请重新写出。</translation>
    </message>
    <message>
        <source>%1: the header cannot be read: %2.</source>
        <translation>%1：无法读取头部：%2。</translation>
    </message>
</context>
<context>
    <name>Salvage</name>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>sources of samples</source>
        <translation>样本来源</translation>
    </message>
    <message>
        <source>models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>arrays of results</source>
        <translation>结果数组</translation>
    </message>
    <message>
        <source>embedding sets</source>
        <translation>嵌入集</translation>
    </message>
    <message>
        <source>embeddings</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>undo steps</source>
        <translation>撤销步骤</translation>
    </message>
    <message>
        <source>%1: the damaged file cannot be kept as %2; make room on the disk.</source>
        <translation>%1：损坏的文件无法保存为 %2；请在磁盘上腾出空间。</translation>
    </message>
    <message>
        <source>Some of the %1 were lost; %2 could be read.</source>
        <translation>部分%1丢失；读取了 %2 个。</translation>
    </message>
    <message>
        <source>%1: the file is damaged and nothing in it can be read; it was left as it is.</source>
        <translation>%1：文件已损坏，其中没有可读取的内容；文件保持原样。</translation>
    </message>
    <message>
        <source>%1: it cannot be read (%2).</source>
        <translation>%1：无法读取（%2）。</translation>
    </message>
    <message>
        <source>%1: it is no workspace of Triptych; drop it on the window if it is media or data.</source>
        <translation>%1：不是 Triptych 的工作区；如果是媒体或数据，请拖到窗口上。</translation>
    </message>
    <message>
        <source>%1: the file is damaged.</source>
        <translation>%1：文件已损坏。</translation>
    </message>
    <message>
        <source>%1: the file is damaged, and its folder cannot be written to save what can be read.</source>
        <translation>%1：文件已损坏，且无法写入其文件夹来保存能读取的内容。</translation>
    </message>
    <message>
        <source>%1: what could be read is in %2, but it cannot be renamed.</source>
        <translation>%1：能读取的内容在 %2 中，但无法重命名。</translation>
    </message>
    <message>
        <source>%1 is damaged. What could be read is open now; the damaged file is kept as %2.</source>
        <translation>%1 已损坏。现已打开能读取的内容；损坏的文件保存为 %2。</translation>
    </message>
</context>
<context>
    <name>Split</name>
    <message>
        <source>%1: &quot;%2&quot; (%3) and &quot;%4&quot; (%5) share a %6: the split leaks; split by group.</source>
        <translation>%1：“%2”（%3）与“%4”（%5）共享同一%6：划分泄漏；请按组划分。</translation>
    </message>
    <message>
        <source>testShare is %1; a share lies between 0 and 1.</source>
        <translation>testShare 为 %1；占比应在 0 到 1 之间。</translation>
    </message>
    <message>
        <source>group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>caption</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图像</translation>
    </message>
</context>
<context>
    <name>Stamps</name>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>Stamps</source>
        <translation>图章</translation>
    </message>
    <message>
        <source>Pictured things with captions in many languages and spoken captions, from Tux Paint.</source>
        <translation>来自 Tux Paint 的物品图像，带多种语言的描述和口语描述。</translation>
    </message>
    <message>
        <source>%1: the stamps are not there; install the Debian package tuxpaint-stamps-default.</source>
        <translation>%1：图章不存在；请安装 Debian 软件包 tuxpaint-stamps-default。</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>feature</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Head: %1</source>
        <translation>头：%1</translation>
    </message>
    <message>
        <source>The head of this modality maps its %2 features to %3 dimensions of the common space, and brings the vector to length 1.</source>
        <translation>该模态的头把它的 %2 个特征映射到公共空间的 %3 个维度，并把向量的长度变为 1。</translation>
    </message>
    <message>
        <source>The embedding that the chosen model gives: %1 numbers. The model itself is not trained.</source>
        <translation>所选模型给出的嵌入：%1 个数。模型本身不参加训练。</translation>
    </message>
    <message>
        <source>%1 numbers: a small copy of the picture, how common each colour is, and which way edges run in each part.</source>
        <translation>%1 个数：缩小的图像、各种颜色的多少、各部分中边缘的走向。</translation>
    </message>
    <message>
        <source>%1 numbers: means and deviations of MFCCs and their slopes in the four quarters of the sound.</source>
        <translation>%1 个数：声音四个四分之一段中 MFCC 及其斜率的均值和标准差。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>One side of the pair.</source>
        <translation>配对的一侧。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Log-mel spectrogram</source>
        <translation>对数梅尔语谱图</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>mel band</source>
        <translation>梅尔频带</translation>
    </message>
    <message>
        <source>Groups of letters</source>
        <translation>字符组</translation>
    </message>
    <message>
        <source>Two to four characters in a row with their TF-IDF: what is rare among the training texts weighs more. %1 groups are known.</source>
        <translation>连续的二到四个字符及其 TF-IDF：训练文本中罕见的分量更重。已知 %1 个组。</translation>
    </message>
    <message>
        <source>Canonical correlations</source>
        <translation>典型相关</translation>
    </message>
    <message>
        <source>The constraint: each dimension of one modality correlates as much as possible with the same dimension of the other, and with no other dimension.</source>
        <translation>约束：一个模态的每个维度与另一个模态的同一维度尽可能相关，而与其他维度不相关。</translation>
    </message>
    <message>
        <source>First two canonical variates</source>
        <translation>前两个典型变量</translation>
    </message>
    <message>
        <source>The common space</source>
        <translation>公共空间</translation>
    </message>
    <message>
        <source>Points of both modalities in one space, with a line between the two of each pair: the shorter it is, the better the constraint holds. This sample is marked; the others are samples kept for testing.</source>
        <translation>两个模态的点在同一空间，每一对之间有一条线：线越短，约束满足得越好。当前样本已标出，其余是留作测试的样本。</translation>
    </message>
    <message>
        <source>Order violated</source>
        <translation>违反的次序</translation>
    </message>
    <message>
        <source>The more general of the two must be no larger in any dimension. Where it is, the excess max(0, y − x) violates the order: here %1 in square.</source>
        <translation>两者中较一般的一个在任何维度都不应更大。更大之处的超出量 max(0, y − x) 违反次序：这里的平方和为 %1。</translation>
    </message>
    <message>
        <source>How well the sample goes together with its right partner, and with the wrong ones that come nearest. A wrong one above the right partner less the margin costs the difference: the hardest costs %1.</source>
        <translation>样本与正确伙伴、以及与最接近的错误伙伴的匹配程度。高于“正确伙伴减间隔”的错误伙伴要付出差值：最难的一个代价为 %1。</translation>
    </message>
    <message>
        <source>Partners in y</source>
        <translation>y 中的伙伴</translation>
    </message>
    <message>
        <source>Partners in x</source>
        <translation>x 中的伙伴</translation>
    </message>
    <message>
        <source>Similarity of all pairs</source>
        <translation>所有配对的相似度</translation>
    </message>
    <message>
        <source>Every sample&apos;s x (rows) against every sample&apos;s y (columns): where the constraint holds, the diagonal stands out.</source>
        <translation>每个样本的 x（行）对每个样本的 y（列）：约束满足时，对角线突出。</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Input: %1</source>
        <translation>输入：%1</translation>
    </message>
    <message>
        <source>What the encoder of this modality is fed: %2 numbers.</source>
        <translation>送入该模态编码器的内容：%2 个数。</translation>
    </message>
    <message>
        <source>Encoder: %1</source>
        <translation>编码器：%1</translation>
    </message>
    <message>
        <source>The last hidden layer of this modality&apos;s own encoder. Up to here the modalities know nothing of each other.</source>
        <translation>该模态自己编码器的最后一个隐藏层。到这里为止，各模态互不知晓。</translation>
    </message>
    <message>
        <source>Experts: means</source>
        <translation>专家：均值</translation>
    </message>
    <message>
        <source>Each modality is an expert that says where the code lies. A product lies near the experts that are surest; a missing modality has no say.</source>
        <translation>每个模态是一个专家，说出编码在哪里。乘积靠近最有把握的专家；缺失的模态没有发言权。</translation>
    </message>
    <message>
        <source>Experts: deviations</source>
        <translation>专家：标准差</translation>
    </message>
    <message>
        <source>How unsure each expert is. Near 1, the prior&apos;s deviation, an expert says nothing about a dimension; a product is surer than any of its experts.</source>
        <translation>每个专家有多不确定。接近先验的标准差 1 时，专家对该维度什么也没说；乘积比任何一个专家都更有把握。</translation>
    </message>
    <message>
        <source>Joint code</source>
        <translation>联合编码</translation>
    </message>
    <message>
        <source>The mean of what is known of the code from %1: the embedding.</source>
        <translation>由 %1 得知的编码的均值：即嵌入。</translation>
    </message>
    <message>
        <source>One layer over the encoders&apos; outputs side by side gives the code from %1: the embedding. A missing modality is a zero input.</source>
        <translation>在各编码器输出并排之上的一层给出由 %1 得到的编码：即嵌入。缺失的模态以零输入。</translation>
    </message>
    <message>
        <source>Reconstruction: %1</source>
        <translation>重建：%1</translation>
    </message>
    <message>
        <source>This modality decoded from the code of each subset of what is there. Where the subset lacks it, it is filled in from the others.</source>
        <translation>由现有模态的每个子集的编码解码出的该模态。子集缺少它时，由其他模态填补。</translation>
    </message>
    <message>
        <source>Draws from the prior: %1</source>
        <translation>先验的抽样：%1</translation>
    </message>
    <message>
        <source>Codes drawn from the prior, decoded as this modality. The same number is the same code in every modality: they should agree.</source>
        <translation>从先验抽取的编码，解码为该模态。相同编号在每个模态里是同一个编码：它们应当一致。</translation>
    </message>
    <message>
        <source>hidden unit</source>
        <translation>隐藏单元</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>The energy of what is seen after each sweep: the chain falls into a valley of likely states and then wanders about in it. Lower is likelier.</source>
        <translation>每一轮之后所见内容的能量：链落入可能状态的低谷，然后在其中游走。越低越可能。</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>能量</translation>
    </message>
    <message>
        <source>Joint layer</source>
        <translation>联合层</translation>
    </message>
    <message>
        <source>Probability of each unit of the joint layer given all that is there: the embedding. What is missing was filled in first, by mean field.</source>
        <translation>给定现有的一切，联合层每个单元的概率：即嵌入。缺失的部分先用平均场填补。</translation>
    </message>
    <message>
        <source>%2 visible units. Brightness is the probability that a binary unit is on.</source>
        <translation>%2 个可见单元。亮度是二值单元开启的概率。</translation>
    </message>
    <message>
        <source>%2 Gaussian visible units of deviation 1, standardised by the training samples.</source>
        <translation>%2 个标准差为 1 的高斯可见单元，按训练样本标准化。</translation>
    </message>
    <message>
        <source>A softmax over %2 units for each word; a label is a text of one word.</source>
        <translation>每个词对应 %2 个单元上的 softmax；标签是只有一个词的文本。</translation>
    </message>
    <message>
        <source>Visible units: %1</source>
        <translation>可见单元：%1</translation>
    </message>
    <message>
        <source>Weights of hidden units: %1</source>
        <translation>隐藏单元的权重：%1</translation>
    </message>
    <message>
        <source>What each of the %2 hidden units that are likeliest on wants to see: where a weight is positive, an active visible unit switches it on.</source>
        <translation>最可能开启的 %2 个隐藏单元各自想看到什么：权重为正之处，活跃的可见单元会把它打开。</translation>
    </message>
    <message>
        <source>word</source>
        <translation>词</translation>
    </message>
    <message>
        <source>%1: hidden layer %2</source>
        <translation>%1：隐藏层 %2</translation>
    </message>
    <message>
        <source>Probability of each unit of this modality&apos;s own layer given the layers beside it.</source>
        <translation>给定相邻各层，该模态自己层中每个单元的概率。</translation>
    </message>
    <message>
        <source>Filled in by Gibbs sampling: %1</source>
        <translation>用 Gibbs 抽样填补：%1</translation>
    </message>
    <message>
        <source>This modality hidden and drawn again from the others: hidden units from visible ones, visible ones from hidden ones, and so on. Last, the mean over the second half of %2 sweeps.</source>
        <translation>隐藏该模态，再由其他模态重新抽取：由可见抽隐藏，由隐藏抽可见，如此往复。最后是 %2 轮后一半的平均。</translation>
    </message>
    <message>
        <source>%2 filters make %2 maps of %3 × %4; what is below zero becomes zero (ReLU), so that gradients stay large. A unit sees %5 × %5 pixels.</source>
        <translation>%2 个滤波器得到 %2 张 %3 × %4 的特征图；小于零的变为零（ReLU），梯度才保持足够大。一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>The highest of each 3 × 3 window, every second place: the windows overlap. %2 maps of %3 × %4 are left; a unit sees %5 × %5 pixels.</source>
        <translation>每个 3 × 3 窗口取最大，隔一个位置取一次：窗口相互重叠。剩下 %2 张 %3 × %4 的图；一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>%1 is a vector of %2 numbers, each from all before it. While training, a share of them is switched off at random (dropout).</source>
        <translation>%1 是 %2 个数的向量，每个数都来自之前的全部数。训练时随机关掉其中一部分（dropout）。</translation>
    </message>
    <message>
        <source>Deep, wide, with rectified units and dropout, trained on a million pictures: features are learned, not made.</source>
        <translation>深而宽，使用整流单元和 dropout，在百万张图像上训练：特征是学来的，不是设计的。</translation>
    </message>
    <message>
        <source>%2 filters make %2 maps of %3 × %4, brought to one scale over the batch, what is below zero cut off. A unit sees %5 × %5 pixels.</source>
        <translation>%2 个滤波器得到 %2 张 %3 × %4 的图，在一批上统一尺度，小于零的截去。一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>Inception module %1: filters of several sizes and a pooling look side by side, after 1 × 1 filters made the maps few; their results are stacked to %2 maps of %3 × %4. A unit sees up to %5 × %5 pixels.</source>
        <translation>Inception 模块 %1：几种大小的滤波器和一个池化并排查看，之前先用 1 × 1 滤波器减少图的数目；结果叠成 %2 张 %3 × %4 的图。一个单元最多看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>Several filter sizes side by side in one layer, few maps by 1 × 1 filters, a mean over the map in place of large dense layers, and classifiers half-way to train what is deep.</source>
        <translation>一层中并排几种滤波器大小，用 1 × 1 滤波器使图数很少，用图的平均代替大的全连接层，并在中途设分类器训练深层。</translation>
    </message>
    <message>
        <source>Each of the %2 maps of %3 × %4 is one 5 × 5 filter slid over all maps before it, then tanh: it is high where the pattern of the filter stands. A unit sees %5 × %5 pixels.</source>
        <translation>%2 张 %3 × %4 的图，每张由一个 5 × 5 滤波器在之前所有图上滑过，再取 tanh：滤波器的图案所在之处值高。一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>Subsampling: the mean over each 2 × 2 square. The %2 maps shrink to %3 × %4, and small shifts no longer matter. A unit sees %5 × %5 pixels.</source>
        <translation>下采样：每个 2 × 2 方块取平均。%2 张图缩小为 %3 × %4，小的平移不再要紧。一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>%1 is a vector of %2 numbers: every unit reads every number before it, then tanh. Where a pattern stood is now told only by which unit is high.</source>
        <translation>%1 是 %2 个数的向量：每个单元读取之前的每个数，再取 tanh。图案在哪里，如今只由哪个单元高来说明。</translation>
    </message>
    <message>
        <source>Weights that are shared over places, and pooling: one small filter is learned once and looks everywhere.</source>
        <translation>各处共享的权重，以及池化：一个小滤波器学一次，到处都看。</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Scaled to fit %1 × %1 pixels, the rest white: every picture has to have the same size.</source>
        <translation>缩放到 %1 × %1 像素以内，其余为白色：每张图像必须一样大。</translation>
    </message>
    <message>
        <source>Prepared input</source>
        <translation>处理后的输入</translation>
    </message>
    <message>
        <source>%1 × %2 × %2 numbers: each channel minus its mean over the training pictures, divided by its deviation. Zero is an average pixel; learning is steadier so.</source>
        <translation>%1 × %2 × %2 个数：每个通道减去训练像素的均值，再除以标准差。零是平均的像素；这样学习更稳。</translation>
    </message>
    <message>
        <source>Patches</source>
        <translation>图块</translation>
    </message>
    <message>
        <source>The picture is cut into %1 × %1 patches of %2 × %2 pixels: the words of its sentence.</source>
        <translation>图像切成 %1 × %1 个 %2 × %2 像素的图块：它们是这个句子的词。</translation>
    </message>
    <message>
        <source>What the first layer looks for: %1 learned patterns of %2 × %2 pixels (%3 shown). Where the picture is like the pattern, the map of that filter is high.</source>
        <translation>第一层在找什么：%1 个学到的 %2 × %2 像素图案（显示 %3 个）。图像与图案相似之处，该滤波器的图值高。</translation>
    </message>
    <message>
        <source>First filters</source>
        <translation>第一层滤波器</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>Attention of the class token, block %1</source>
        <translation>分类 token 的注意力，第 %1 块</translation>
    </message>
    <message>
        <source>Where each of the %2 heads lets the class token look: the share of each patch. What is not here goes to the token itself.</source>
        <translation>%2 个头各自让分类 token 看向哪里：每个图块的份额。不在这里的部分给了 token 自己。</translation>
    </message>
    <message>
        <source>Attention of head %2 in block %1</source>
        <translation>第 %1 块中第 %2 个头的注意力</translation>
    </message>
    <message>
        <source>Row: the token that looks; column: the token it looks at; each row sums to 1. Token 0 is the class token, the others are the patches row by row.</source>
        <translation>行：正在看的 token；列：被看的 token；每行之和为 1。token 0 是分类 token，其余是逐行排列的图块。</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>被看的</translation>
    </message>
    <message>
        <source>looking</source>
        <translation>正在看的</translation>
    </message>
    <message>
        <source>Receptive field of unit %2 of %1</source>
        <translation>%1 的单元 %2 的感受野</translation>
    </message>
    <message>
        <source>The unit at row %3, column %4 can only change with the pixels in the frame: rows %5 to %6 and columns %7 to %8. It follows from the sizes and strides of all windows before it. Its value here is %9.</source>
        <translation>第 %3 行第 %4 列的单元只会随框内的像素改变：第 %5 至 %6 行、第 %7 至 %8 列。这由它之前所有窗口的大小和步长得出。它在这里的值为 %9。</translation>
    </message>
    <message>
        <source>What excites %1 most</source>
        <translation>什么最能激发 %1</translation>
    </message>
    <message>
        <source>Activation maximisation: from faint noise the picture climbs the gradient of the unit while neighbouring pixels pull at each other. After %2 steps the activation rose from %3 to %4; for the sample it is %5.</source>
        <translation>激活最大化：从微弱的噪声开始，图像沿单元的梯度上升，相邻像素彼此牵拉。%2 步之后激活从 %3 升到 %4；对当前样本为 %5。</translation>
    </message>
    <message>
        <source>Activation of %1 while climbing</source>
        <translation>上升过程中 %1 的激活</translation>
    </message>
    <message>
        <source>The value of the unit after each step of the gradient ascent; the highest one is shown.</source>
        <translation>梯度上升每一步之后单元的值；显示的是最高的一张。</translation>
    </message>
    <message>
        <source>iteration</source>
        <translation>迭代</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>What the classifier reads: %1 numbers. Pictures with near vectors are alike to the net.</source>
        <translation>分类器读取的内容：%1 个数。向量相近的图像，对网络来说相似。</translation>
    </message>
    <message>
        <source>The mean of each of the %1 maps of %2: how much of each pattern there is, no matter where.</source>
        <translation>%1 张 %2 的图各自的平均：每种图案有多少，不管在哪里。</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>One linear layer gives each of the %1 classes a score; softmax turns the scores into shares that sum to 1.</source>
        <translation>一个线性层给 %1 个类别各一个分数；softmax 把分数变成和为 1 的份额。</translation>
    </message>
    <message>
        <source>Learned numbers of each layer</source>
        <translation>每层学到的参数个数</translation>
    </message>
    <message>
        <source>Cut and scaled to %1 × %2 pixels, as the model&apos;s processor says.</source>
        <translation>按模型处理器的要求裁剪并缩放到 %1 × %2 像素。</translation>
    </message>
    <message>
        <source>Each channel brought to the scale the model was trained on; black is about %1 and white about %2.</source>
        <translation>每个通道变到模型训练时的尺度；黑约为 %1，白约为 %2。</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%2 maps of %3 × %4 after layer %1; 0 is before the first one.</source>
        <translation>第 %1 层之后 %2 张 %3 × %4 的图；0 是第一层之前。</translation>
    </message>
    <message>
        <source>What unit %1 listens to</source>
        <translation>单元 %1 在听什么</translation>
    </message>
    <message>
        <source>How strongly each pixel moves the unit at row %2, column %3, for this picture: the size of its gradient.</source>
        <translation>对这张图像，每个像素对第 %2 行第 %3 列的单元影响多大：其梯度的大小。</translation>
    </message>
    <message>
        <source>Receptive field of unit %1</source>
        <translation>单元 %1 的感受野</translation>
    </message>
    <message>
        <source>Pixels outside the frame, rows %2 to %3 and columns %4 to %5, do not move the unit here at all.</source>
        <translation>框外的像素（框为第 %2 至 %3 行、第 %4 至 %5 列）完全不影响这里的单元。</translation>
    </message>
    <message>
        <source>Gradient ascent from faint noise, %2 steps: the activation rose from %3 to %4.</source>
        <translation>从微弱噪声开始的梯度上升，%2 步：激活从 %3 升到 %4。</translation>
    </message>
    <message>
        <source>The model&apos;s embedding: %1 numbers. Pictures with near vectors are alike to it.</source>
        <translation>模型的嵌入：%1 个数。向量相近的图像，对它来说相似。</translation>
    </message>
    <message>
        <source>The most probable of the %1 classes that the model was trained on.</source>
        <translation>模型训练过的 %1 个类别中最可能的几个。</translation>
    </message>
    <message>
        <source>The first filters make %2 maps of %3 × %4, brought to one scale over the batch, what is below zero cut off. A unit sees %5 × %5 pixels.</source>
        <translation>第一批滤波器得到 %2 张 %3 × %4 的图，在一批上统一尺度，小于零的截去。一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>Residual blocks: y = x + F(x). Each block only adds to what it was given, so that a deep net starts as a shallow one and gradients reach every layer. %2 maps of %3 × %4; a unit sees up to %5 × %5 pixels.</source>
        <translation>残差块：y = x + F(x)。每块只在得到的内容上加一点，所以深网络从浅网络开始，梯度到达每一层。%2 张 %3 × %4 的图；一个单元最多看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>Blocks learn what to add to their input, not a new one: nets of a hundred layers can be trained.</source>
        <translation>块学的是在输入上加什么，而不是一个新的输入：上百层的网络也能训练。</translation>
    </message>
    <message>
        <source>A stack of 3 × 3 convolutions with ReLU sees as far as one large filter with fewer weights and bends more often; then the highest of each 2 × 2 square. %2 maps of %3 × %4 are left; a unit sees %5 × %5 pixels.</source>
        <translation>连续的 3 × 3 卷积加 ReLU，看得与一个大滤波器一样远，权重更少、弯折更多；然后每个 2 × 2 方块取最大。剩下 %2 张 %3 × %4 的图；一个单元看到 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>%1 is a vector of %2 numbers, each from all before it, what is below zero cut off.</source>
        <translation>%1 是 %2 个数的向量，每个数来自之前的全部数，小于零的截去。</translation>
    </message>
    <message>
        <source>Nothing but 3 × 3 filters, many layers deep: depth in place of large filters.</source>
        <translation>只有 3 × 3 滤波器，许多层深：用深度代替大滤波器。</translation>
    </message>
    <message>
        <source>Each patch of the picture becomes a token of %2 numbers by one matrix, and a learned vector tells its place. Shown: each number over the grid of %3 × %4 patches; it comes from %5 × %5 pixels.</source>
        <translation>图像的每个图块由一个矩阵变成 %2 个数的 token，一个学到的向量说明它的位置。图示：%3 × %4 个图块网格上的每个数；每个来自 %5 × %5 个像素。</translation>
    </message>
    <message>
        <source>%1: each token gathers from all tokens by attention, then goes through a perceptron; both are added to what was there. %2 numbers on a grid of %3 × %4; each may depend on the whole picture.</source>
        <translation>%1：每个 token 通过注意力从所有 token 收集信息，再经过一个感知机；两者都加到原有内容上。%3 × %4 网格上的 %2 个数；每个都可能取决于整张图像。</translation>
    </message>
    <message>
        <source>No convolution: the picture is a sentence of patches, and attention decides which of them belong together.</source>
        <translation>没有卷积：图像是图块组成的句子，由注意力决定哪些属于一起。</translation>
    </message>
    <message>
        <source>pitch class</source>
        <translation>音级</translation>
    </message>
    <message>
        <source>Chroma filters</source>
        <translation>色度滤波器</translation>
    </message>
    <message>
        <source>Every bin is given to the notes near it, whatever the octave, with A at %1 Hz. Middle octaves count most.</source>
        <translation>每个频点归给附近的音，不管在哪个八度，A 为 %1 Hz。中间的八度分量最重。</translation>
    </message>
    <message>
        <source>frequency</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>Chroma</source>
        <translation>色度</translation>
    </message>
    <message>
        <source>How much of each of the twelve pitch classes is heard; the strongest of a frame is 1. Chords and keys are seen here, the instrument is not.</source>
        <translation>十二个音级各听到多少；每帧最强的为 1。这里能看到和弦与调，看不到乐器。</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Frame %1, long enough for two periods of the lowest pitch, %2 Hz.</source>
        <translation>第 %1 帧，长度足以容纳最低音高 %2 Hz 的两个周期。</translation>
    </message>
    <message>
        <source>amplitude</source>
        <translation>幅度</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差函数</translation>
    </message>
    <message>
        <source>How much the sound differs from itself a lag later. It falls to zero at the period and at its multiples, and at lag zero, where it says nothing.</source>
        <translation>声音与滞后一段的自己相差多少。在周期及其倍数处降到零，在滞后为零处也是零，但那里什么也说明不了。</translation>
    </message>
    <message>
        <source>Normalised difference</source>
        <translation>归一化差函数</translation>
    </message>
    <message>
        <source>Divided by its mean over shorter lags, it starts at 1. The first dip under the threshold is the period: %1 ms, %2 Hz, aperiodicity %3. Without such a dip the frame is unvoiced.</source>
        <translation>除以更短滞后上的平均值，所以从 1 开始。第一个低于阈值的谷就是周期：%1 ms，%2 Hz，非周期度 %3。没有这样的谷，该帧就是清音。</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>The pitch of every frame; 0 where the sound is unvoiced.</source>
        <translation>每帧的音高；清音处为 0。</translation>
    </message>
    <message>
        <source>pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Aperiodicity</source>
        <translation>非周期度</translation>
    </message>
    <message>
        <source>0 repeats itself exactly, 1 does not repeat at all.</source>
        <translation>0 表示完全重复，1 表示完全不重复。</translation>
    </message>
    <message>
        <source>Mean, deviation, lowest and highest of the voiced frames, the share of frames that are voiced, and the mean aperiodicity.</source>
        <translation>浊音帧的均值、标准差、最低和最高值，浊音帧的份额，以及平均非周期度。</translation>
    </message>
    <message>
        <source>What the net reads</source>
        <translation>网络读取的内容</translation>
    </message>
    <message>
        <source>The features of every frame, standardised by the training sounds. The net treats them as a picture.</source>
        <translation>每帧的特征，按训练声音标准化。网络把它们当作一张图。</translation>
    </message>
    <message>
        <source>3 bands by 3 frames each, learned: some answer to onsets, some to rising or falling or steady bands.</source>
        <translation>每个 3 个频带乘 3 帧，学习得到：有的对起音有反应，有的对上升、下降或平稳的频带有反应。</translation>
    </message>
    <message>
        <source>Maps of block %1</source>
        <translation>第 %1 块的图</translation>
    </message>
    <message>
        <source>Block %1: where each of %2 filters found what it looks for; then of 2 × 2 places the strongest is kept, so the next block sees twice as far.</source>
        <translation>第 %1 块：%2 个滤波器各自在哪里找到要找的东西；然后在 2 × 2 个位置中保留最强的，所以下一块看得远一倍。</translation>
    </message>
    <message>
        <source>band</source>
        <translation>频带</translation>
    </message>
    <message>
        <source>Parts of the sound</source>
        <translation>声音的各段</translation>
    </message>
    <message>
        <source>The mean of each map over %1 equal parts, from beginning to end: any length becomes one size, and the order is kept.</source>
        <translation>每张图在从头到尾 %1 个等长段上的平均：任何长度都变成一个大小，顺序也保留。</translation>
    </message>
    <message>
        <source>Dense layer</source>
        <translation>全连接层</translation>
    </message>
    <message>
        <source>Weighted sums of all parts, cut off below zero (ReLU): the vector.</source>
        <translation>所有段的加权和，小于零的截去（ReLU）：即向量。</translation>
    </message>
    <message>
        <source>Standardised</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>Each number minus its mean over the training sounds, divided by its deviation: now all count alike.</source>
        <translation>每个数减去训练声音的均值，再除以标准差：现在它们同等重要。</translation>
    </message>
    <message>
        <source>Dense layer %1</source>
        <translation>第 %1 个全连接层</translation>
    </message>
    <message>
        <source>Layer %1: %2 units, each a weighted sum of everything before, cut off below zero (ReLU); %3 of them are silent.</source>
        <translation>第 %1 层：%2 个单元，每个是之前一切的加权和，小于零的截去（ReLU）；其中 %3 个沉默。</translation>
    </message>
    <message>
        <source>The features of every frame, standardised by the training sounds. The net reads them one frame after the other.</source>
        <translation>每帧的特征，按训练声音标准化。网络一帧接一帧地读。</translation>
    </message>
    <message>
        <source>States of all layers</source>
        <translation>所有层的状态</translation>
    </message>
    <message>
        <source>What comes out for every frame: below the units that read from the beginning, above those that read from the end.</source>
        <translation>每帧的输出：下面是从头读起的单元，上面是从尾读起的单元。</translation>
    </message>
    <message>
        <source>What comes out for every frame of the last layer.</source>
        <translation>最后一层每帧的输出。</translation>
    </message>
    <message>
        <source>What it would say so far</source>
        <translation>到目前为止它会说什么</translation>
    </message>
    <message>
        <source>The probability of each class if the sound ended after this frame: where the word becomes clear.</source>
        <translation>假如声音在该帧之后结束，各类别的概率：可见词在哪里变得明确。</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Hidden state over time</source>
        <translation>隐藏状态随时间的变化</translation>
    </message>
    <message>
        <source>The %1 units of the first layer after each frame. The state is all that the net remembers of what it has heard; steady stripes are memories.</source>
        <translation>第一层的 %1 个单元在每帧之后的值。状态是网络对所听内容的全部记忆；平稳的条纹就是记忆。</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>细胞</translation>
    </message>
    <message>
        <source>The long memory of the LSTM: changed only as far as the gates allow, so it can last.</source>
        <translation>LSTM 的长期记忆：只在门允许的范围内改变，所以能持久。</translation>
    </message>
    <message>
        <source>Input gate</source>
        <translation>输入门</translation>
    </message>
    <message>
        <source>Forget gate</source>
        <translation>遗忘门</translation>
    </message>
    <message>
        <source>Output gate</source>
        <translation>输出门</translation>
    </message>
    <message>
        <source>Reset gate</source>
        <translation>重置门</translation>
    </message>
    <message>
        <source>Update gate</source>
        <translation>更新门</translation>
    </message>
    <message>
        <source>How much of the new frame is written into each cell, 0 to 1.</source>
        <translation>新的一帧有多少写入每个细胞，0 到 1。</translation>
    </message>
    <message>
        <source>How much of each cell is kept, 0 to 1: low where the old sound is dropped.</source>
        <translation>每个细胞保留多少，0 到 1：低处是丢掉旧声音的地方。</translation>
    </message>
    <message>
        <source>How much of each cell is shown in the state, 0 to 1.</source>
        <translation>每个细胞有多少显示在状态里，0 到 1。</translation>
    </message>
    <message>
        <source>How much of the old state goes into the proposal for the new one, 0 to 1.</source>
        <translation>旧状态有多少进入新状态的候选，0 到 1。</translation>
    </message>
    <message>
        <source>How much of the old state is kept, 0 to 1.</source>
        <translation>旧状态保留多少，0 到 1。</translation>
    </message>
    <message>
        <source>Root of the mean square of each frame, in dB of full scale.</source>
        <translation>每帧均方的平方根，以满幅为基准的 dB。</translation>
    </message>
    <message>
        <source>level</source>
        <translation>电平</translation>
    </message>
    <message>
        <source>Zero crossings</source>
        <translation>过零</translation>
    </message>
    <message>
        <source>How often the sign changes from one value to the next: high in hisses such as s and f, low in vowels.</source>
        <translation>相邻两值之间符号改变得多频繁：在 s、f 这样的擦音中高，在元音中低。</translation>
    </message>
    <message>
        <source>Shape of the spectrum</source>
        <translation>频谱的形状</translation>
    </message>
    <message>
        <source>The mean frequency, the deviation around it, and the frequency under which 85 % of the magnitude lies.</source>
        <translation>平均频率、围绕它的偏差，以及 85 % 幅度所在的频率上限。</translation>
    </message>
    <message>
        <source>Deltas</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>The slope of each coefficient over %1 frames: how the sound moves, which tells a glide from a held vowel.</source>
        <translation>每个系数在 %1 帧上的斜率：声音怎样移动，能分开滑音与持续的元音。</translation>
    </message>
    <message>
        <source>Delta-deltas</source>
        <translation>二阶差分</translation>
    </message>
    <message>
        <source>The curvature over %1 frames: where the movement speeds up or turns.</source>
        <translation>%1 帧上的曲率：移动在哪里加快或转向。</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Air pressure as the file has it, %1 values a second, channels averaged. At most the first %2 s are shown.</source>
        <translation>文件中的空气压力，每秒 %1 个值，各声道取平均。最多显示前 %2 s。</translation>
    </message>
    <message>
        <source>Resampled</source>
        <translation>重采样后</translation>
    </message>
    <message>
        <source>The same sound at %1 values a second: every sound then has the same time and frequency axes. Above %2 Hz, half that rate, nothing can remain.</source>
        <translation>同一声音，每秒 %1 个值：于是所有声音的时间轴和频率轴相同。高于该速率一半（%2 Hz）的内容不会留下。</translation>
    </message>
    <message>
        <source>Pre-emphasised</source>
        <translation>预加重后</translation>
    </message>
    <message>
        <source>Each value minus %1 of the one before. Voices lose about 6 dB an octave upwards; this lifts the high frequencies back.</source>
        <translation>每个值减去前一个值的 %1 倍。嗓音每升高一个八度损失约 6 dB；这样把高频抬回来。</translation>
    </message>
    <message>
        <source>One frame and the window</source>
        <translation>一帧与窗</translation>
    </message>
    <message>
        <source>%1 samples around %2 s (frame %3), short enough that the sound hardly changes inside. The window fades the frame in and out, or its cut ends would sound like clicks.</source>
        <translation>%2 s 附近的 %1 个采样（第 %3 帧），短到其中的声音几乎不变。窗使帧渐入渐出，否则切口听起来像咔嗒声。</translation>
    </message>
    <message>
        <source>Spectrum of the frame</source>
        <translation>该帧的频谱</translation>
    </message>
    <message>
        <source>How much of each frequency is in the frame, by the Fourier transform: %1 bins, %2 Hz apart. A voice shows its harmonics as peaks.</source>
        <translation>用傅里叶变换得到帧中每个频率有多少：%1 个频点，间隔 %2 Hz。嗓音的谐波显示为峰。</translation>
    </message>
    <message>
        <source>Spectrogram |STFT|²</source>
        <translation>语谱图 |STFT|²</translation>
    </message>
    <message>
        <source>The spectra of all frames, one every %1 ms, side by side. A longer frame tells frequencies apart better and times worse.</source>
        <translation>所有帧的频谱，每 %1 ms 一个，并排放置。帧越长，频率分得越清，时间分得越糊。</translation>
    </message>
    <message>
        <source>Mel filters</source>
        <translation>梅尔滤波器</translation>
    </message>
    <message>
        <source>%1 triangles, narrow where the ear tells frequencies apart well and wide above. %2 of them catch no bin and stay silent.</source>
        <translation>%1 个三角形，在耳朵分得清频率处窄，高处宽。其中 %2 个没有频点，始终沉默。</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Mel bands</source>
        <translation>梅尔频带</translation>
    </message>
    <message>
        <source>Each band sums the power under its triangle; their centres go from %1 Hz to %2 Hz. Loud cells hide the rest: power spans many powers of ten.</source>
        <translation>每个频带把三角形之下的功率加起来；中心从 %1 Hz 到 %2 Hz。响的单元格盖住其余：功率跨越许多个数量级。</translation>
    </message>
    <message>
        <source>Logarithm</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Loudness is heard by ratios: the logarithm makes a tenth of the power one even step down, so quiet parts count too.</source>
        <translation>响度按比例感知：对数使十分之一的功率成为均匀的一步，所以轻的部分也算数。</translation>
    </message>
    <message>
        <source>coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Cosines</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>The shape of a frame&apos;s %1 bands is written as a sum of %2 cosines, from flat to wavy (DCT-II). Few are enough for the vocal tract; the pitch is in the fast ones that are left out.</source>
        <translation>一帧中 %1 个频带的形状写成 %2 个余弦之和，从平到密（DCT-II）。声道只需少数几个；音高在被略去的快变余弦里。</translation>
    </message>
    <message>
        <source>MFCC</source>
        <translation>MFCC</translation>
    </message>
    <message>
        <source>How much of each cosine is in each frame: mel-frequency cepstral coefficients. Coefficient 0 is the loudness; neighbours hardly depend on each other any more.</source>
        <translation>每帧中每个余弦有多少：梅尔频率倒谱系数。系数 0 是响度；相邻系数之间几乎不再相关。</translation>
    </message>
    <message>
        <source>Mean and deviation over time</source>
        <translation>时间上的均值与标准差</translation>
    </message>
    <message>
        <source>What lasted how long is forgotten: of each row only its mean and its deviation over time are kept, so that sounds of any length give vectors of one length.</source>
        <translation>什么持续多久被忘掉：每行只留下时间上的均值和标准差，于是任意长度的声音都得到同样长度的向量。</translation>
    </message>
    <message>
        <source>%1 numbers stand for the whole sound.</source>
        <translation>%1 个数代表整段声音。</translation>
    </message>
    <message>
        <source>What the net holds the sound for: its scores, made positive and summing to 1 (softmax).</source>
        <translation>网络认为声音是什么：分数变为正数且和为 1（softmax）。</translation>
    </message>
    <message>
        <source>Runs of letters and digits are words; %1 to %2 words in a row are one unit. Order beyond that is lost.</source>
        <translation>连续的字母和数字是词；连续 %1 到 %2 个词是一个单位。更远的顺序丢失。</translation>
    </message>
    <message>
        <source>%1 to %2 characters in a row are one unit, blanks included, so that words nearby share units and misspelt words still match.</source>
        <translation>连续 %1 到 %2 个字符是一个单位，包括空格，所以相邻的词共有单位，拼错的词也能匹配。</translation>
    </message>
    <message>
        <source>%1 to %2 characters in a row within a word are one unit; a blank marks where the word begins and ends, so that endings differ from beginnings.</source>
        <translation>词内连续 %1 到 %2 个字符是一个单位；空格标出词的开头和结尾，所以词尾不同于词首。</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Buckets</source>
        <translation>桶</translation>
    </message>
    <message>
        <source>There is no vocabulary: a unit&apos;s column is its hash (FNV-1a) modulo %1. No unit is unknown, but units may collide and are then counted together: here in %2 of %3 buckets.</source>
        <translation>没有词表：单位的列是它的哈希（FNV-1a）对 %1 取模。没有未知单位，但单位可能碰撞并被合在一起数：这里 %3 个桶中有 %2 个。</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Each of the %1 units that the vocabulary knows has a column. %2 of this text&apos;s %3 units have one; others are left out.</source>
        <translation>词表知道的 %1 个单位各有一列。这段文本的 %3 个单位中有 %2 个有列；其余略去。</translation>
    </message>
    <message>
        <source>Damped counts</source>
        <translation>减缓的计数</translation>
    </message>
    <message>
        <source>1 + ln(count): the tenth time says less than the first.</source>
        <translation>1 + ln(计数)：第十次说的比第一次少。</translation>
    </message>
    <message>
        <source>Inverse document frequency</source>
        <translation>逆文档频率</translation>
    </message>
    <message>
        <source>ln((1 + n)/(1 + df)) + 1, where df of the n texts hold the unit: what is in every text tells nothing apart and gets 1, what is rare gets more.</source>
        <translation>ln((1 + n)/(1 + df)) + 1，n 段文本中有 df 段含有该单位：每段都有的什么也分不开，得 1；罕见的得更多。</translation>
    </message>
    <message>
        <source>Count times inverse document frequency</source>
        <translation>计数乘以逆文档频率</translation>
    </message>
    <message>
        <source>A unit weighs much where it is frequent here and rare elsewhere.</source>
        <translation>在这里常见、在别处罕见的单位分量重。</translation>
    </message>
    <message>
        <source>The raw signal: the text as it was written, characters in a row.</source>
        <translation>原始信号：写下的文本，一串字符。</translation>
    </message>
    <message>
        <source>Divided by its length, so that the product of two texts is their cosine and long texts do not weigh more. %1 of %2 numbers are not zero.</source>
        <translation>除以自己的长度，于是两段文本的乘积就是余弦，长文本也不会更重。%2 个数中有 %1 个不为零。</translation>
    </message>
    <message>
        <source>1 where the unit is in the text. %1 of %2 numbers are not zero.</source>
        <translation>单位在文本中则为 1。%2 个数中有 %1 个不为零。</translation>
    </message>
    <message>
        <source>The counts in the order of the columns. %1 of %2 numbers are not zero.</source>
        <translation>按列排列的计数。%2 个数中有 %1 个不为零。</translation>
    </message>
    <message>
        <source>piece</source>
        <translation>词片</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>词片</translation>
    </message>
    <message>
        <source>The longest piece of the vocabulary that the rest of a word begins with, again and again: frequent words are one piece, rare ones several. %1 pieces are known.</source>
        <translation>词表中能与词的剩余部分开头匹配的最长词片，一次又一次：常见词是一个词片，罕见词是几个。已知 %1 个词片。</translation>
    </message>
    <message>
        <source>Numbers of the pieces</source>
        <translation>词片的编号</translation>
    </message>
    <message>
        <source>All the model sees of a piece is its row in the vocabulary.</source>
        <translation>模型对一个词片所见的，只是它在词表中的行号。</translation>
    </message>
    <message>
        <source>Vectors of the pieces</source>
        <translation>词片的向量</translation>
    </message>
    <message>
        <source>Looked up in a table; the same piece gets the same row wherever it stands.</source>
        <translation>查表得到；同一个词片无论在哪里都得到同一行。</translation>
    </message>
    <message>
        <source>Vectors of the positions</source>
        <translation>位置的向量</translation>
    </message>
    <message>
        <source>A second table says where a piece stands; without it the layers could not tell order.</source>
        <translation>第二张表说明词片在哪里；没有它，各层无法知道顺序。</translation>
    </message>
    <message>
        <source>Vectors of the segments</source>
        <translation>段的向量</translation>
    </message>
    <message>
        <source>A third table tells two texts apart that are read together; one text is all segment 0.</source>
        <translation>第三张表分开一起读的两段文本；单独一段文本全是段 0。</translation>
    </message>
    <message>
        <source>What the layers get</source>
        <translation>各层得到的内容</translation>
    </message>
    <message>
        <source>The embeddings of the pieces: what the tables say is added, and brought to one mean and spread where the family does so.</source>
        <translation>词片的嵌入：各表所说的相加，在模型族如此规定时变到同一均值和离散度。</translation>
    </message>
    <message>
        <source>States of every layer</source>
        <translation>每层的状态</translation>
    </message>
    <message>
        <source>0 is what the layers get, then what each of %1 layers makes of it: each piece reads from the others and its row changes with what stands around it.</source>
        <translation>0 是各层得到的内容，然后是 %1 层各自的结果：每个词片从其他词片读取，它的行随周围的内容改变。</translation>
    </message>
    <message>
        <source>States of layer %1</source>
        <translation>第 %1 层的状态</translation>
    </message>
    <message>
        <source>The vector of the text is taken from layer %1 of %2.</source>
        <translation>文本的向量取自 %2 层中的第 %1 层。</translation>
    </message>
    <message>
        <source>Attention of layer %1, %2</source>
        <translation>第 %1 层的注意力，%2</translation>
    </message>
    <message>
        <source>Layer %1, %2: how much each piece (row) takes from each (column). A row sums to 1; the pieces stand in the same order in both directions.</source>
        <translation>第 %1 层，%2：每个词片（行）从每个词片（列）取多少。每行之和为 1；两个方向上词片的顺序相同。</translation>
    </message>
    <message>
        <source>Guesses for piece %1</source>
        <translation>对词片 %1 的猜测</translation>
    </message>
    <message>
        <source>Piece %1 is a mask: the likeliest pieces in its place, from what stands to the left and right. This is what the model was trained to do.</source>
        <translation>词片 %1 是掩码：根据左右两边，它的位置上最可能的词片。这正是模型训练时做的事。</translation>
    </message>
    <message>
        <source>Piece %1, &quot;%2&quot;, was hidden and is guessed from what stands to the left and right: it gets probability %3 and is guess number %4.</source>
        <translation>词片 %1“%2”被隐藏，由左右两边来猜：它得到概率 %3，是第 %4 个猜测。</translation>
    </message>
    <message>
        <source>The mean of the states of all pieces of layer %1.</source>
        <translation>第 %1 层所有词片状态的平均。</translation>
    </message>
    <message>
        <source>The state of one piece of layer %1: [CLS], or the one that the model was trained to be read at. What it holds of the others came by attention.</source>
        <translation>第 %1 层一个词片的状态：[CLS]，或模型训练时用来读取的那个。它所含的其他词片的信息来自注意力。</translation>
    </message>
    <message>
        <source>The state of [CLS] of layer %1 through one more layer, the pooler, with tanh.</source>
        <translation>第 %1 层 [CLS] 的状态，再经过一层带 tanh 的池化层。</translation>
    </message>
    <message>
        <source>Units and their columns</source>
        <translation>单位与它们的列</translation>
    </message>
    <message>
        <source>Each of the %1 units has a column of its own; column 0 stands for what was not seen when the vocabulary was made.</source>
        <translation>%1 个单位各有自己的一列；第 0 列代表建立词表时没有见过的。</translation>
    </message>
    <message>
        <source>One row a unit</source>
        <translation>每个单位一行</translation>
    </message>
    <message>
        <source>column, of those shown</source>
        <translation>所示的列</translation>
    </message>
    <message>
        <source>One 1 in %1 columns (%2 of them are shown). All units are equally far from each other: a cat is no nearer to a tiger than to a train.</source>
        <translation>%1 列中有一个 1（显示其中 %2 列）。所有单位彼此一样远：猫离虎并不比离火车更近。</translation>
    </message>
    <message>
        <source>A matrix W</source>
        <translation>矩阵 W</translation>
    </message>
    <message>
        <source>Any net that reads words begins by multiplying with such a matrix, here drawn at random. To learn word vectors is to learn W.</source>
        <translation>任何读词的网络都从乘以这样的矩阵开始，这里是随机抽取的。学习词向量就是学习 W。</translation>
    </message>
    <message>
        <source>x · W</source>
        <translation>x · W</translation>
    </message>
    <message>
        <source>The 1 picks its row of W, the zeros drop all others: product and row differ by %1 at most. So nobody multiplies; the row is looked up.</source>
        <translation>1 取出 W 的那一行，0 丢掉其余各行：乘积与那一行最多相差 %1。所以没有人真的去乘，而是查表。</translation>
    </message>
    <message>
        <source>The text: 1 in the column of every unit it has. Order and repetition are gone.</source>
        <translation>文本：它含有的每个单位的列为 1。顺序和重复都没有了。</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Small letters, runs of letters and digits. The colour is how often the corpus has the word; %1 of %2 it does not have: they are read as [UNK].</source>
        <translation>小写字母，连续的字母和数字。颜色表示语料中该词有多常见；%2 个词中有 %1 个语料里没有：读作 [UNK]。</translation>
    </message>
    <message>
        <source>One-hot x</source>
        <translation>独热 x</translation>
    </message>
    <message>
        <source>Each word is a 1 in one of %1 columns; the %2 shown are those of the text and the most frequent.</source>
        <translation>每个词是 %1 列中的一个 1；所示的 %2 列是文本中的和最常见的。</translation>
    </message>
    <message>
        <source>Learned matrix W</source>
        <translation>学到的矩阵 W</translation>
    </message>
    <message>
        <source>%1 words × %2 numbers, all of them learned: a row is a word&apos;s vector. Training moved rows of words that stand in like surroundings towards each other.</source>
        <translation>%1 个词 × %2 个数，全部是学来的：一行就是一个词的向量。训练把处于相似环境的词的行移到一起。</translation>
    </message>
    <message>
        <source>The 1 picks its row. Multiplied out and looked up, the numbers differ by %1 at most.</source>
        <translation>1 取出它的那一行。相乘与查表得到的数最多相差 %1。</translation>
    </message>
    <message>
        <source>Neighbours of each word</source>
        <translation>每个词的邻居</translation>
    </message>
    <message>
        <source>The words whose vectors point most nearly the same way, with the cosine: 1 is the same direction, 0 none in common.</source>
        <translation>向量方向最接近的词及其余弦：1 是同一方向，0 是毫无共同之处。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>邻居</translation>
    </message>
    <message>
        <source>This word is not among the %1 that were learned; choose another one to see its neighbours.</source>
        <translation>这个词不在学过的 %1 个词里；请选另一个来看邻居。</translation>
    </message>
    <message>
        <source>Neighbours of %1</source>
        <translation>%1 的邻居</translation>
    </message>
    <message>
        <source>%1 was seen %2 times. The largest cosines among %3 words: nobody told the net what belongs together, it follows from which words stand near which.</source>
        <translation>%1 出现过 %2 次。%3 个词中余弦最大的：没有人告诉网络什么属于一起，它来自哪些词站在哪些词旁边。</translation>
    </message>
    <message>
        <source>%1 and its neighbours in two dimensions</source>
        <translation>%1 及其邻居的二维图</translation>
    </message>
    <message>
        <source>first principal axis</source>
        <translation>第一主轴</translation>
    </message>
    <message>
        <source>second principal axis</source>
        <translation>第二主轴</translation>
    </message>
    <message>
        <source>The plane along which these vectors differ most (PCA). Distances off the plane are not seen, so the list above is what counts.</source>
        <translation>这些向量差别最大的平面（PCA）。离开平面的距离看不到，所以以上面的列表为准。</translation>
    </message>
    <message>
        <source>Analogy</source>
        <translation>类比</translation>
    </message>
    <message>
        <source>Not among the words that were learned: %1.</source>
        <translation>不在学过的词里：%1。</translation>
    </message>
    <message>
        <source>%1 =</source>
        <translation>%1 =</translation>
    </message>
    <message>
        <source>Vectors of length 1 added and taken away, and the words nearest to the result; those of the question are left out. A small corpus answers few such questions.</source>
        <translation>长度为 1 的向量相加相减，以及离结果最近的词；问题里的词除外。小语料很少能答对这类问题。</translation>
    </message>
    <message>
        <source>The mean of the rows of %1 words. Their order is lost.</source>
        <translation>%1 个词的行的平均。它们的顺序丢失。</translation>
    </message>
    <message>
        <source>The sum of the rows of %1 words: a longer text gives a longer vector. Order is lost.</source>
        <translation>%1 个词的行之和：文本越长，向量越长。顺序丢失。</translation>
    </message>
    <message>
        <source>The mean of the rows of %1 words, each weighted by its inverse document frequency, so that words of every text count less. Order is lost.</source>
        <translation>%1 个词的行的平均，各以逆文档频率加权，使到处都有的词分量较轻。顺序丢失。</translation>
    </message>
    <message>
        <source>Weights of the words</source>
        <translation>词的权重</translation>
    </message>
    <message>
        <source>ln((1 + n)/(1 + df)) + 1 over the n texts of the corpus, df of which have the word; divided by their sum.</source>
        <translation>ln((1 + n)/(1 + df)) + 1，语料的 n 段文本中有 df 段含有该词；再除以它们的和。</translation>
    </message>
    <message>
        <source>frame, as read</source>
        <translation>读入的帧</translation>
    </message>
    <message>
        <source>%1 frames, evenly spaced over the clip. One of them alone says nothing about a motion.</source>
        <translation>%1 帧，均匀分布在片段上。单独一帧说不出任何运动。</translation>
    </message>
    <message>
        <source>The %1 frames from the last to the first: a motion becomes its opposite.</source>
        <translation>%1 帧从最后到最前：运动变成相反的运动。</translation>
    </message>
    <message>
        <source>The %1 frames in random order: all places are still there, their order is lost.</source>
        <translation>%1 帧按随机顺序：所有位置都在，顺序没有了。</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Prepared frames</source>
        <translation>处理后的帧</translation>
    </message>
    <message>
        <source>What the net reads: the brightness at %1 × %1 pixels minus the clip&apos;s median, which takes an even ground away, in units of what is left.</source>
        <translation>网络读取的内容：%1 × %1 像素的亮度减去片段的中位数（去掉均匀的背景），以剩余部分为单位。</translation>
    </message>
    <message>
        <source>What the net reads, its three colours drawn as one: %1 × %1 pixels minus the clip&apos;s median, which takes an even ground away, in units of what is left.</source>
        <translation>网络读取的内容，三种颜色合成一张：%1 × %1 像素减去片段的中位数（去掉均匀的背景），以剩余部分为单位。</translation>
    </message>
    <message>
        <source>Maps of frame %1</source>
        <translation>第 %1 帧的图</translation>
    </message>
    <message>
        <source>Layer %2: each map is high where the frame is like the pattern that its filter looks for. The same filters read every frame.</source>
        <translation>第 %2 层：帧与滤波器要找的图案相似之处，图值高。每一帧都由同样的滤波器读取。</translation>
    </message>
    <message>
        <source>Features of each frame</source>
        <translation>每帧的特征</translation>
    </message>
    <message>
        <source>A column a frame: the %1 numbers that the CNN gives for it. What changes along a row is what moves.</source>
        <translation>每帧一列：CNN 给出的 %1 个数。沿一行变化的，就是在动的。</translation>
    </message>
    <message>
        <source>Mean over time</source>
        <translation>时间平均</translation>
    </message>
    <message>
        <source>Each row&apos;s mean. Frames in another order have the same mean, so a motion and its opposite are one and the same here.</source>
        <translation>每行的平均。换了顺序的帧平均相同，所以一个运动与其相反的运动在这里毫无区别。</translation>
    </message>
    <message>
        <source>A column a frame: the %1 numbers that the net carries on. Each is made of the new frame and of the state before, so the order of the frames is in it.</source>
        <translation>每帧一列：网络带着走的 %1 个数。每个由新的一帧和之前的状态得出，所以其中有帧的顺序。</translation>
    </message>
    <message>
        <source>Cell over time</source>
        <translation>细胞随时间的变化</translation>
    </message>
    <message>
        <source>The LSTM&apos;s memory, c = f·c + i·g: it is added to, not replaced, so it can keep what it saw long ago.</source>
        <translation>LSTM 的记忆，c = f·c + i·g：是加上去，不是替换，所以能留住很久以前所见。</translation>
    </message>
    <message>
        <source>i between 0 and 1: how much of the new frame is written into the cell.</source>
        <translation>i 在 0 与 1 之间：新的一帧有多少写入细胞。</translation>
    </message>
    <message>
        <source>f between 0 and 1: how much of the cell is kept; near 1 it remembers.</source>
        <translation>f 在 0 与 1 之间：细胞保留多少；接近 1 时记住。</translation>
    </message>
    <message>
        <source>o between 0 and 1: how much of the cell shows in the hidden state, h = o·tanh(c).</source>
        <translation>o 在 0 与 1 之间：细胞有多少显示在隐藏状态里，h = o·tanh(c)。</translation>
    </message>
    <message>
        <source>z between 0 and 1: how much of the state is kept, h = z·h + (1 − z)·g; near 1 it remembers.</source>
        <translation>z 在 0 与 1 之间：状态保留多少，h = z·h + (1 − z)·g；接近 1 时记住。</translation>
    </message>
    <message>
        <source>r between 0 and 1: how much of the old state the new candidate g gets to see.</source>
        <translation>r 在 0 与 1 之间：新候选 g 能看到旧状态的多少。</translation>
    </message>
    <message>
        <source>Inside unit %1</source>
        <translation>单元 %1 内部</translation>
    </message>
    <message>
        <source>Gates (0 to 1), candidate, memory and state of this one unit, frame by frame.</source>
        <translation>这一个单元的门（0 到 1）、候选、记忆和状态，逐帧显示。</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Answer after each frame</source>
        <translation>每帧之后的回答</translation>
    </message>
    <message>
        <source>Probability of each class if the clip ended there. After the first frame it is a guess; it takes two to see a motion.</source>
        <translation>假如片段在那里结束，各类别的概率。第一帧之后只是猜测；看出运动需要两帧。</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Vector of the clip</source>
        <translation>片段的向量</translation>
    </message>
    <message>
        <source>The mean over time: %1 numbers.</source>
        <translation>时间平均：%1 个数。</translation>
    </message>
    <message>
        <source>The mean of all states: %1 numbers.</source>
        <translation>所有状态的平均：%1 个数。</translation>
    </message>
    <message>
        <source>The last state: %1 numbers.</source>
        <translation>最后的状态：%1 个数。</translation>
    </message>
    <message>
        <source>A linear layer on the vector, made into probabilities by softmax.</source>
        <translation>向量上的线性层，由 softmax 变成概率。</translation>
    </message>
    <message>
        <source>Runs of letters and digits are words, and each word is a unit. Order is lost.</source>
        <translation>连续的字母和数字是词，每个词是一个单位。顺序丢失。</translation>
    </message>
</context>
<context>
    <name>StepContent</name>
    <message>
        <source>the first %1 of %2</source>
        <translation>%2 个中的前 %1 个</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>维度</translation>
    </message>
    <message>
        <source>%1 numbers, length %2</source>
        <translation>%1 个数，长度 %2</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 之 %1</translation>
    </message>
    <message>
        <source>%1%2, each in its own range</source>
        <comment>how many, size</comment>
        <translation>%1%2，各用自己的范围</translation>
    </message>
    <message>
        <source>x %1, y %2</source>
        <translation>x %1，y %2</translation>
    </message>
    <message>
        <source>:  red %1, green %2, blue %3</source>
        <translation>：红 %1，绿 %2，蓝 %3</translation>
    </message>
    <message>
        <source>column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>%1, %2:  %3</source>
        <comment>column, row: value</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot;</source>
        <comment>place in the text, token</comment>
        <translation>%1：“%2”</translation>
    </message>
</context>
<context>
    <name>StepData</name>
    <message>
        <source>Vector</source>
        <translation>向量</translation>
    </message>
    <message>
        <source>What the method makes of this sample; it tells no steps between.</source>
        <translation>该方法由此样本得到的内容；中间没有可说的步骤。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an axis and its unit</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a number and its unit</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>%1: there are no rows; a header line and one row a sample are needed.</source>
        <translation>%1：没有数据行；需要标题行以及每个样本一行。</translation>
    </message>
    <message>
        <source>%1: row %2 has %3 fields, the header %4; quote fields that hold the separator.</source>
        <translation>%1：第 %2 行有 %3 个字段，标题有 %4 个；请给含分隔符的字段加引号。</translation>
    </message>
    <message>
        <source>%1: cannot be read: %2.</source>
        <translation>%1：无法读取：%2。</translation>
    </message>
    <message>
        <source>%1: line %2 is no JSON object (%3).</source>
        <translation>%1：第 %2 行不是 JSON 对象（%3）。</translation>
    </message>
    <message>
        <source>%1: there are no lines in it; one JSON object a sample is needed.</source>
        <translation>%1：其中没有行；需要每个样本一个 JSON 对象。</translation>
    </message>
    <message>
        <source>%1: line %2: there is no file %3; paths are relative to the table.</source>
        <translation>%1：第 %2 行：没有文件 %3；路径相对于表所在位置。</translation>
    </message>
    <message>
        <source>%1: line %2: there is nothing in it; a column image, audio, video or text is needed.</source>
        <translation>%1：第 %2 行：没有内容；需要 image、audio、video 或 text 列。</translation>
    </message>
    <message>
        <source>%1: the id &quot;%2&quot; stands twice; give every row its own.</source>
        <translation>%1：id“%2”出现两次；请为每行指定不同的 id。</translation>
    </message>
    <message>
        <source>Read from the table %1.</source>
        <translation>读取自表 %1。</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>%1 cannot be written: %2; choose another folder</source>
        <translation>无法写入 %1：%2；请选择其他文件夹</translation>
    </message>
    <message>
        <source>%1: this checkpoint was made with other options; use them again, choose another folder, or start anew with resume off</source>
        <translation>%1：此检查点由其他选项生成；请使用相同的选项、选择其他文件夹，或关闭 resume 重新开始</translation>
    </message>
    <message>
        <source>decoding pictures</source>
        <translation>正在解码图像</translation>
    </message>
    <message>
        <source>decoding recorded speech</source>
        <translation>正在解码录制的语音</translation>
    </message>
    <message>
        <source>speaking names with espeak-ng</source>
        <translation>正在用 espeak-ng 朗读名称</translation>
    </message>
    <message>
        <source>reading captions</source>
        <translation>正在读取描述</translation>
    </message>
    <message>
        <source>keeping what was decoded</source>
        <translation>正在保存已解码的内容</translation>
    </message>
    <message>
        <source>embedding unseen samples</source>
        <translation>正在计算未见过样本的嵌入</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>out: the folder for the model is missing; name one</source>
        <translation>out：缺少模型的文件夹；请指定一个</translation>
    </message>
    <message>
        <source>%1: this folder cannot be made; choose another</source>
        <translation>%1：无法建立此文件夹；请选择其他位置</translation>
    </message>
    <message>
        <source>learning the vocabulary</source>
        <translation>正在学习词表</translation>
    </message>
</context>
<context>
    <name>Value</name>
    <message>
        <source>There is no array &quot;%1&quot; here; there are: %2.</source>
        <translation>这里没有数组“%1”；有：%2。</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>Map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Representation</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>%1: there is no such folder.</source>
        <translation>%1：没有此文件夹。</translation>
    </message>
    <message>
        <source>%1: it is no file.</source>
        <translation>%1：不是文件。</translation>
    </message>
    <message>
        <source>%1: it may not be read and written; change its rights, or open a copy.</source>
        <translation>%1：无权读写；请更改其权限，或打开副本。</translation>
    </message>
    <message>
        <source>%1: its folder may not be written, where the journal of changes goes; change its rights, or open a copy.</source>
        <translation>%1：无法写入其文件夹，而更改日志要写在那里；请更改其权限，或打开副本。</translation>
    </message>
    <message>
        <source>%1: %2 (process %3) has it open; close it there first.</source>
        <translation>%1：%2（进程 %3）已打开它；请先在那里关闭。</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>另一个程序</translation>
    </message>
    <message>
        <source>%1: the lock file beside it cannot be made; check the rights of the folder.</source>
        <translation>%1：无法建立旁边的锁文件；请检查文件夹的权限。</translation>
    </message>
    <message>
        <source>%1: the file is damaged; open it again, then what can be read is saved.</source>
        <translation>%1：文件已损坏；请重新打开，随后会保存能读取的内容。</translation>
    </message>
    <message>
        <source>%1: the file is damaged.</source>
        <translation>%1：文件已损坏。</translation>
    </message>
</context>
<context>
    <name>analysis</name>
    <message>
        <source>sample: there is none; pick the one to look at.</source>
        <translation>sample：没有样本；请选择要查看的样本。</translation>
    </message>
    <message>
        <source>query: there are %1 cells, so the last is %2; -1 asks where the embedding is read.</source>
        <translation>query：有 %1 个单元格，因此最后一个是 %2；-1 表示从读取嵌入的位置提问。</translation>
    </message>
    <message>
        <source>modality: &quot;%1&quot; has no %2; choose one that it has, or another sample.</source>
        <translation>modality：“%1”没有%2；请选择它具有的模态，或其他样本。</translation>
    </message>
    <message>
        <source>%1: the model gave numbers that are not finite; its weights are damaged.</source>
        <translation>%1：模型给出了非有限数；其权重已损坏。</translation>
    </message>
    <message>
        <source>layer: this tower has layers 0 to %1; -1 is the last.</source>
        <translation>layer：此编码塔有层 0 到 %1；-1 为最后一层。</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Forward pass</source>
        <translation>前向传播</translation>
    </message>
    <message>
        <source>layer: nothing before layer %1 can be differentiated in this model; take a later one.</source>
        <translation>layer：在此模型中，第 %1 层之前的内容无法求导；请取更靠后的层。</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>No cell&apos;s state in this layer raises the score: the weighted sum is negative everywhere.</source>
        <translation>此层中没有任何单元格的状态能提高得分：加权和处处为负。</translation>
    </message>
    <message>
        <source>Every projected cell stands at right angles to the target.</source>
        <translation>每个投影后的单元格都与目标正交。</translation>
    </message>
    <message>
        <source>The sample has nothing else to compare with: cells are compared with the embedding of the whole. Give a target text.</source>
        <translation>样本没有其他可比较的内容：单元格与整体的嵌入比较。请给出目标文本。</translation>
    </message>
    <message>
        <source>head: this tower has heads 0 to %1; -1 is their mean.</source>
        <translation>head：此编码塔有头 0 到 %1；-1 为各头平均。</translation>
    </message>
    <message>
        <source>The query attends to special tokens only: every cell gets probability zero.</source>
        <translation>查询只关注特殊词元：每个单元格的概率都为零。</translation>
    </message>
    <message>
        <source>start_layer: this tower has layers 0 to %1.</source>
        <translation>start_layer：此编码塔有层 0 到 %1。</translation>
    </message>
    <message>
        <source>No attention from the cells raises the score in these layers: every product of gradient and attention is zero or negative.</source>
        <translation>这些层中没有来自单元格的注意力能提高得分：梯度与注意力的乘积全部为零或负。</translation>
    </message>
    <message>
        <source>Nothing flows from the cells to this query in these layers.</source>
        <translation>这些层中没有任何内容从单元格流向此查询。</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>a and b: rows of %1 and %2 numbers cannot be compared; take two sets from the same space.</source>
        <translation>a 和 b：长度为 %1 与 %2 的行无法比较；请取同一空间的两个集合。</translation>
    </message>
    <message>
        <source>embeddings: one row alone has no neighbours; give at least two.</source>
        <translation>embeddings：只有一行，没有近邻；请至少给出两行。</translation>
    </message>
    <message>
        <source>Covariance</source>
        <translation>协方差</translation>
    </message>
    <message>
        <source>dims: %1 axes asked of rows with %2 numbers; ask for at most %2.</source>
        <translation>dims：要求 %1 个轴，而每行只有 %2 个数；最多可要求 %2 个。</translation>
    </message>
    <message>
        <source>query: its rows have %1 numbers and the map was made from %2; embed the query with the same model.</source>
        <translation>query：其各行有 %1 个数，而映射图由 %2 个数的行生成；请用同一模型计算查询的嵌入。</translation>
    </message>
    <message>
        <source>query: embeddings [%1, %2], a map of %3 points and a query of %4 numbers do not belong together; give the map of these embeddings and a query from the same model.</source>
        <translation>query：嵌入 [%1, %2]、%3 个点的映射图与 %4 个数的查询不匹配；请给出这些嵌入的映射图以及同一模型的查询。</translation>
    </message>
    <message>
        <source>Quality of the map</source>
        <translation>映射图的质量</translation>
    </message>
    <message>
        <source>Taken over %1 of %2 points, evenly spread.</source>
        <translation>在 %2 个点中均匀选取的 %1 个点上计算。</translation>
    </message>
    <message>
        <source>coords: %1 points for %2 rows; give the map of these very embeddings, of at least three rows.</source>
        <translation>coords：%2 行却有 %1 个点；请给出这些嵌入本身的映射图，且至少三行。</translation>
    </message>
    <message>
        <source>Spectral start</source>
        <translation>谱初始化</translation>
    </message>
    <message>
        <source>the neighbour graph falls into %1 parts</source>
        <translation>近邻图分成了 %1 个部分</translation>
    </message>
    <message>
        <source>too few rows for a spectral start</source>
        <translation>行数过少，无法谱初始化</translation>
    </message>
    <message>
        <source>the spectral start did not converge</source>
        <translation>谱初始化未收敛</translation>
    </message>
    <message>
        <source>state: its coordinates do not fit %1 rows in %2 dimensions; give the value of a run on the same embeddings and dims.</source>
        <translation>state：其坐标与 %1 行、%2 维不符；请给出在相同嵌入和维数上运行的值。</translation>
    </message>
    <message>
        <source>from: the state stands at epoch %1 of %2, not at %3 of %4; give the same epochs and the epoch the state has reached.</source>
        <translation>from：状态处于第 %1 轮（共 %2 轮），而不是第 %3 轮（共 %4 轮）；请给出相同的总轮数和状态已到达的轮次。</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>k: &quot;%1&quot; is no rank; give whole numbers from 1.</source>
        <translation>k：“%1”不是名次；请给出从 1 起的整数。</translation>
    </message>
    <message>
        <source>metrics: &quot;%1&quot; is no score; give all, or some of %2.</source>
        <translation>metrics：“%1”不是得分；请给出 all，或 %2 中的若干项。</translation>
    </message>
    <message>
        <source>CKA of shuffled pairs</source>
        <translation>打乱配对的 CKA</translation>
    </message>
    <message>
        <source>SVCCA of shuffled pairs</source>
        <translation>打乱配对的 SVCCA</translation>
    </message>
    <message>
        <source>The sets have %1 and %2 columns: no shared space, so retrieval, gap and alignment mean nothing here and are left out.</source>
        <translation>两个集合分别有 %1 和 %2 列：没有共享空间，因此检索、模态间隙和对齐没有意义，已略去。</translation>
    </message>
    <message>
        <source>Few rows for so many columns (N below twice the columns): the biased CKA is high by chance; read the unbiased and the calibrated one.</source>
        <translation>相对列数而言行数过少（N 小于列数的两倍）：有偏 CKA 会偶然偏高；请看无偏和校准的值。</translation>
    </message>
    <message>
        <source>Few rows for so many columns (N below five times the columns): SVCCA is high by chance; compare it with its null.</source>
        <translation>相对列数而言行数过少（N 小于列数的五倍）：SVCCA 会偶然偏高；请与其零假设值比较。</translation>
    </message>
    <message>
        <source>%1 rows have no partner in the other set and are left out.</source>
        <translation>%1 行在另一个集合中没有配对，已略去。</translation>
    </message>
    <message>
        <source>Uniformity</source>
        <translation>均匀性</translation>
    </message>
    <message>
        <source>%1: %2 names in &quot;%3&quot; for %4 rows; give one a row.</source>
        <translation>%1：“%3”中有 %2 个名称，却有 %4 行；应为每行一个。</translation>
    </message>
    <message>
        <source>a and b: %1 and %2 rows without ids cannot be paired; give both ids, or the same number of rows.</source>
        <translation>a 和 b：%1 行与 %2 行没有 id，无法配对；请给出两者的 id，或使行数相同。</translation>
    </message>
    <message>
        <source>a and b: %1 ids in common; at least two rows must belong together. Embed the same samples in both.</source>
        <translation>a 和 b：共有 %1 个相同 id；至少需要两行互相对应。请用相同的样本计算嵌入。</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>a and b: a matrix of %1 by %2 does not fit into memory; take fewer rows, or nearest neighbours instead.</source>
        <translation>a 和 b：%1 × %2 的矩阵超出内存；请减少行数，或改用最近邻。</translation>
    </message>
    <message>
        <source>Embedding labels</source>
        <translation>正在计算标签的嵌入</translation>
    </message>
    <message>
        <source>labels: there are none; give at least one, better two.</source>
        <translation>labels：没有标签；请至少给出一个，最好两个。</translation>
    </message>
    <message>
        <source>templates: there are none; give at least &quot;{}&quot;.</source>
        <translation>templates：没有模板；请至少给出 &quot;{}&quot;。</translation>
    </message>
    <message>
        <source>templates: &quot;%1&quot; has no {} for the label; add it.</source>
        <translation>templates：“%1”中没有代表标签的 {}；请加上。</translation>
    </message>
    <message>
        <source>embeddings: they come from another model (%1) than the labels (%2); embed them with this model.</source>
        <translation>embeddings：它们来自与标签（%2）不同的模型（%1）；请用同一模型计算嵌入。</translation>
    </message>
    <message>
        <source>embeddings: rows of %1 numbers, but the model&apos;s texts have %2; embed them with this model.</source>
        <translation>embeddings：每行 %1 个数，而模型的文本有 %2 个；请用此模型计算嵌入。</translation>
    </message>
    <message>
        <source>%1: the array &quot;%2&quot; is no matrix with at least one row; give one row a sample.</source>
        <translation>%1：数组“%2”不是至少有一行的矩阵；应为每个样本一行。</translation>
    </message>
    <message>
        <source>%1: row %2 of &quot;%3&quot; holds a number that is not finite; leave that row out or compute it again.</source>
        <translation>%1：“%3”的第 %2 行含有非有限数；请去掉该行或重新计算。</translation>
    </message>
    <message>
        <source>frame: the model reads %1 frames of a video, so the last is %2.</source>
        <translation>frame：模型从视频中读取 %1 帧，因此最后一帧是 %2。</translation>
    </message>
    <message>
        <source>layer: this decoder has layers 0 to %1; -1 is their mean.</source>
        <translation>layer：此解码器有层 0 到 %1；-1 为各层平均。</translation>
    </message>
    <message>
        <source>head: this decoder has heads 0 to %1; -1 is their mean.</source>
        <translation>head：此解码器有头 0 到 %1；-1 为各头平均。</translation>
    </message>
    <message>
        <source>word: %1 tokens were written, so the last is %2.</source>
        <translation>word：共生成 %1 个词元，因此最后一个是 %2。</translation>
    </message>
    <message>
        <source>stream: there is no &quot;%1&quot;; this model has %2.</source>
        <translation>stream：没有“%1”；此模型有 %2。</translation>
    </message>
    <message>
        <source>stream: &quot;%1&quot; has no layer in this model.</source>
        <translation>stream：在此模型中“%1”没有层。</translation>
    </message>
    <message>
        <source>layer: &quot;%1&quot; has layers 0 to %2; -1 is the last.</source>
        <translation>layer：“%1”有层 0 到 %2；-1 为最后一层。</translation>
    </message>
    <message>
        <source>head: &quot;%1&quot; has heads 0 to %2; -1 is their mean.</source>
        <translation>head：“%1”有头 0 到 %2；-1 为各头平均。</translation>
    </message>
    <message>
        <source>weight: relevance is gathered in models that read both in one sequence and give an answer; choose none here.</source>
        <translation>weight：只有在一个序列中同时读取两者并给出答案的模型才能累积相关性；这里请选择 none。</translation>
    </message>
    <message>
        <source>query: the text has %1 tokens, so the last is %2.</source>
        <translation>query：文本有 %1 个词元，因此最后一个是 %2。</translation>
    </message>
    <message>
        <source>%1 is convolutional and has no attention; Grad-CAM shows where such a net looks.</source>
        <translation>%1 是卷积网络，没有注意力；Grad-CAM 可显示这类网络看向哪里。</translation>
    </message>
    <message>
        <source>target_label: %1 has no classifier.</source>
        <translation>target_label：%1 没有分类器。</translation>
    </message>
    <message>
        <source>target_label: this tower gives no class scores.</source>
        <translation>target_label：此编码塔不给出类别得分。</translation>
    </message>
    <message>
        <source>target_label: the model has no class &quot;%1&quot;; it has %2 classes, the first is &quot;%3&quot;.</source>
        <translation>target_label：模型没有类别“%1”；它有 %2 个类别，第一个是“%3”。</translation>
    </message>
</context>
<context>
    <name>benchmark</name>
    <message>
        <source>There is no representation &quot;%1&quot;; `triptych methods representation` lists them, and model:FOLDER, pixels and random are there too.</source>
        <translation>没有名为“%1”的表示；`triptych methods representation` 会列出它们，另有 model:FOLDER、pixels 和 random。</translation>
    </message>
    <message>
        <source>settings: &quot;%1&quot; is not METHOD.OPTION=VALUE.</source>
        <translation>settings：“%1”不是 METHOD.OPTION=VALUE 的形式。</translation>
    </message>
    <message>
        <source>%1: it has no sample.</source>
        <translation>%1：没有样本。</translation>
    </message>
    <message>
        <source>splitting</source>
        <translation>正在划分</translation>
    </message>
    <message>
        <source>dataset: name a data set, or give samples.</source>
        <translation>dataset：请给出数据集名称，或给出样本。</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>triptych-mini was trained on test samples of this split; only Stamps with seed 0 is fair.</source>
        <translation>triptych-mini 训练时用过该划分的测试样本；只有种子为 0 的 Stamps 才公平。</translation>
    </message>
    <message>
        <source>%1 represents a sample otherwise when other samples are beside it: a leak.</source>
        <translation>%1 在旁边有其他样本时对同一样本的表示不同：这是泄漏。</translation>
    </message>
    <message>
        <source>classifier</source>
        <translation>分类器</translation>
    </message>
    <message>
        <source>retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>leave_out: the samples of %1 have no two values of &quot;%2&quot;; name a column of theirs.</source>
        <translation>leave_out：%1 的样本在“%2”上没有两个不同的值；请写出它们有的列。</translation>
    </message>
    <message>
        <source>%1: its samples are not split into train and test; let the seed deal them.</source>
        <translation>%1：其样本没有划分为训练与测试；请用种子划分。</translation>
    </message>
    <message>
        <source>%1: after leaving out samples without label or signal, nothing is left to train or to test on; choose another modality.</source>
        <translation>%1：去掉没有标签或信号的样本后，没有可训练或测试的了；请选另一个模态。</translation>
    </message>
    <message>
        <source>%1: cannot be written: %2; choose another folder.</source>
        <translation>%1：无法写入：%2；请选另一个文件夹。</translation>
    </message>
    <message>
        <source>%1: this folder cannot be made; choose another.</source>
        <translation>%1：无法建立该文件夹；请选另一个。</translation>
    </message>
    <message>
        <source>%1, seed %2 (%3 of %4)</source>
        <translation>%1，种子 %2（%4 之 %3）</translation>
    </message>
    <message>
        <source>%1, seed %2 (%3 of %4, %5 min left)</source>
        <translation>%1，种子 %2（%4 之 %3，剩余 %5 min）</translation>
    </message>
    <message>
        <source>%1 gave %2 rows for %3 samples, or in another order.</source>
        <translation>%1 对 %3 个样本给出了 %2 行，或顺序不同。</translation>
    </message>
    <message>
        <source>%1 gave numbers that are not finite.</source>
        <translation>%1 给出的数不是有限的。</translation>
    </message>
    <message>
        <source>%1 gave a table without rows or columns.</source>
        <translation>%1 给出的表没有行或列。</translation>
    </message>
</context>
<context>
    <name>features</name>
    <message>
        <source>A sound to analyse must be one row of real numbers; mix the channels down</source>
        <translation>要分析的声音必须是一行实数；请将各声道混合为一个</translation>
    </message>
    <message>
        <source>coefficients: must be from 1 to the number of mels</source>
        <translation>coefficients：必须在 1 到 mel 数之间</translation>
    </message>
    <message>
        <source>rate: must be above 0 Hz</source>
        <translation>rate：必须大于 0 Hz</translation>
    </message>
    <message>
        <source>fft size: must be from 2 to 1048576 samples</source>
        <translation>fft size：必须在 2 到 1048576 个采样点之间</translation>
    </message>
    <message>
        <source>window: must be from 1 to the FFT size, or 0 for the FFT size</source>
        <translation>window：必须在 1 到 FFT 大小之间，或为 0 表示 FFT 大小</translation>
    </message>
    <message>
        <source>hop: must be above 0 samples</source>
        <translation>hop：必须大于 0 个采样点</translation>
    </message>
    <message>
        <source>mels: must be above 0</source>
        <translation>mels：必须大于 0</translation>
    </message>
    <message>
        <source>frequencies: the lowest must be below the highest, and that at most half the rate</source>
        <translation>frequencies：最低频率必须低于最高频率，且最高频率不超过采样率的一半</translation>
    </message>
    <message>
        <source>floor: must be above 0, or silence has no logarithm</source>
        <translation>floor：必须大于 0，否则静音没有对数</translation>
    </message>
    <message>
        <source>power: must be above 0</source>
        <translation>power：必须大于 0</translation>
    </message>
    <message>
        <source>rate: a sound cannot be resampled from %1 Hz to %2 Hz; both must be above 0</source>
        <translation>rate：声音无法从 %1 Hz 重采样到 %2 Hz；两者都必须大于 0</translation>
    </message>
    <message>
        <source>resample: %1 is none of Pillow&apos;s filters; use a number from 0 to 5</source>
        <translation>resample：%1 不是 Pillow 的滤波器；请使用 0 到 5 的数字</translation>
    </message>
    <message>
        <source>A picture to resize must be bytes [height, width, 1 to 4 channels] and not empty</source>
        <translation>要缩放的图像必须是字节 [高, 宽, 1 到 4 通道] 且非空</translation>
    </message>
    <message>
        <source>A picture cannot be resized to %1 x %2; both must be at least 1</source>
        <translation>图像无法缩放到 %1 x %2；两者都必须至少为 1</translation>
    </message>
    <message>
        <source>Filter bank: the rate, the number of bands, the window and the hop must be above 0</source>
        <translation>滤波器组：采样率、频带数、窗长和步长都必须大于 0</translation>
    </message>
    <message>
        <source>chroma: rate, FFT size (at least 4), tuning and centre must be above 0.</source>
        <translation>chroma：速率、FFT 大小（至少 4）、调音和中心必须大于 0。</translation>
    </message>
    <message>
        <source>delta width: must be odd and at least 3 frames.</source>
        <translation>差分宽度：必须是奇数，至少 3 帧。</translation>
    </message>
    <message>
        <source>delta order: must be 1 or 2.</source>
        <translation>差分阶数：必须是 1 或 2。</translation>
    </message>
    <message>
        <source>frames: size and hop must be above 0 samples</source>
        <translation>帧：大小和间隔必须大于 0 个采样</translation>
    </message>
    <message>
        <source>pitch: rate and hop must be above 0.</source>
        <translation>pitch：速率和间隔必须大于 0。</translation>
    </message>
    <message>
        <source>pitch: the lowest must be above 0 and below the highest, and that at most a quarter of the rate.</source>
        <translation>pitch：最低音高必须大于 0 且低于最高，最高不超过速率的四分之一。</translation>
    </message>
    <message>
        <source>pitch: the threshold must be above 0.</source>
        <translation>pitch：阈值必须大于 0。</translation>
    </message>
    <message>
        <source>pitch: a frame must be %1 samples long, not %2.</source>
        <translation>pitch：一帧必须是 %1 个采样，而不是 %2。</translation>
    </message>
</context>
<context>
    <name>learning</name>
    <message>
        <source>training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>The loss is no longer a number after %1 steps; try a smaller rate.</source>
        <translation>%1 步之后损失不再是数字；请试较小的学习率。</translation>
    </message>
    <message>
        <source>There is no sample to train on; check the split.</source>
        <translation>没有可训练的样本；请检查划分。</translation>
    </message>
    <message>
        <source>This has to be trained before it can be applied; train %1.</source>
        <translation>必须先训练才能应用；请训练 %1。</translation>
    </message>
    <message>
        <source>What was trained is %1, but %2 is wanted; choose another one.</source>
        <translation>训练好的是 %1，而需要的是 %2；请选另一个。</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>别的内容</translation>
    </message>
    <message>
        <source>Logistic regression wants a label for each row of a table, and there are %1 labels.</source>
        <translation>逻辑回归需要表中每行一个标签，而这里有 %1 个标签。</translation>
    </message>
    <message>
        <source>Logistic regression wants two classes or more and labels among them.</source>
        <translation>逻辑回归需要两个或更多类别，且标签在其中。</translation>
    </message>
    <message>
        <source>Logistic regression was given numbers that are not finite.</source>
        <translation>给逻辑回归的数不是有限的。</translation>
    </message>
    <message>
        <source>What was kept does not fit this net: %1 is %2, but %3 is wanted; train it again.</source>
        <translation>已保留的内容不适合该网络：%1 是 %2，而需要 %3；请重新训练。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no recurrent layer; there are rnn, gru and lstm.</source>
        <translation>“%1”不是循环层；可用的有 rnn、gru 和 lstm。</translation>
    </message>
    <message>
        <source>The group &quot;%1&quot; stands on both sides of the split; split by group.</source>
        <translation>组“%1”出现在划分的两侧；请按组划分。</translation>
    </message>
    <message>
        <source>Two labels are needed at least, but there are %1; label the samples.</source>
        <translation>至少需要两个标签，而这里有 %1 个；请给样本加标签。</translation>
    </message>
</context>
<context>
    <name>media</name>
    <message>
        <source>media.*: needs exactly one sample, %1 were given</source>
        <translation>media.*：需要恰好一个样本，却给出了 %1 个</translation>
    </message>
    <message>
        <source>%1: has no %2; choose a sample that has one</source>
        <translation>%1：没有%2；请选择具有它的样本</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>声谱图</translation>
    </message>
    <message>
        <source>there is no such file; was it moved or renamed?</source>
        <translation>没有此文件；它是否被移动或重命名了？</translation>
    </message>
    <message>
        <source>is a folder; name a file in it</source>
        <translation>是一个文件夹；请指定其中的文件</translation>
    </message>
    <message>
        <source>cannot be opened (%1); check its permissions</source>
        <translation>无法打开（%1）；请检查其权限</translation>
    </message>
    <message>
        <source>is empty (0 bytes); copy it again from where it came</source>
        <translation>是空的（0 字节）；请从来源重新复制</translation>
    </message>
    <message>
        <source>cannot be read as sound or video (%1); it may be cut off, damaged or something else: copy it again or convert it</source>
        <translation>无法作为声音或视频读取（%1）；它可能被截断、损坏或是其他内容：请重新复制或转换</translation>
    </message>
    <message>
        <source>is neither sound nor video; use WAV, FLAC, Ogg, Opus, MP3, M4A, MP4, MKV, WebM, AVI</source>
        <translation>既不是声音也不是视频；请使用 WAV、FLAC、Ogg、Opus、MP3、M4A、MP4、MKV、WebM、AVI</translation>
    </message>
    <message>
        <source>has no readable streams (%1); copy it again or convert it</source>
        <translation>没有可读取的流（%1）；请重新复制或转换</translation>
    </message>
    <message>
        <source>is coded as %1, which FFmpeg here cannot decode; convert it</source>
        <translation>编码为 %1，这里的 FFmpeg 无法解码；请转换</translation>
    </message>
    <message>
        <source>cannot be decoded (%1); convert it to another format</source>
        <translation>无法解码（%1）；请转换为其他格式</translation>
    </message>
    <message>
        <source>has no sound in it; choose a file with a sound track</source>
        <translation>其中没有声音；请选择带音轨的文件</translation>
    </message>
    <message>
        <source>is a ready vector, not a medium; it has nothing to describe</source>
        <translation>是现成的向量，不是媒体；没有可描述的内容</translation>
    </message>
    <message>
        <source>has texts, which cannot be drawn here; turn them into paths</source>
        <translation>含有这里无法绘制的文字；请将其转换为路径</translation>
    </message>
    <message>
        <source>is an SVG that cannot be drawn; open and save it in Inkscape</source>
        <translation>是无法绘制的 SVG；请在 Inkscape 中打开并保存</translation>
    </message>
    <message>
        <source>does not fit in memory at %1 pixels; draw it smaller</source>
        <translation>以 %1 像素绘制超出内存；请画得小一些</translation>
    </message>
    <message>
        <source>is a damaged GIF (%1); copy it again or save it as PNG</source>
        <translation>是损坏的 GIF（%1）；请重新复制或保存为 PNG</translation>
    </message>
    <message>
        <source>“%1” is no code point; write them as emoji:1f468-200d-1f469</source>
        <translation>“%1”不是码点；请写成 emoji:1f468-200d-1f469</translation>
    </message>
    <message>
        <source>the font %1 cannot be read; install the package fonts-noto-color-emoji</source>
        <translation>无法读取字体 %1；请安装软件包 fonts-noto-color-emoji</translation>
    </message>
    <message>
        <source>Noto Color Emoji has no single picture for this sequence; check its code points</source>
        <translation>Noto Color Emoji 没有此序列的单个图像；请检查其码点</translation>
    </message>
    <message>
        <source>FreeType does not start; install libfreetype6 again</source>
        <translation>FreeType 无法启动；请重新安装 libfreetype6</translation>
    </message>
    <message>
        <source>%1 is damaged; install fonts-noto-color-emoji again</source>
        <translation>%1 已损坏；请重新安装 fonts-noto-color-emoji</translation>
    </message>
    <message>
        <source>%1 has no colour bitmaps; install the package fonts-noto-color-emoji</source>
        <translation>%1 没有彩色位图；请安装软件包 fonts-noto-color-emoji</translation>
    </message>
    <message>
        <source>A picture to write as PNG must be bytes [height, width, 3 or 4] and not empty</source>
        <translation>要写为 PNG 的图像必须是字节 [高, 宽, 3 或 4] 且非空</translation>
    </message>
    <message>
        <source>cannot be decoded (%1); open and save it in a picture editor</source>
        <translation>无法解码（%1）；请在图像编辑器中打开并保存</translation>
    </message>
    <message>
        <source>is a damaged %1; copy it again or save it anew in a picture editor</source>
        <translation>是损坏的 %1；请重新复制或在图像编辑器中重新保存</translation>
    </message>
    <message>
        <source>holds numbers that are no 8 or 16-bit colours; save it as an 8-bit PNG</source>
        <translation>含有的数值不是 8 位或 16 位颜色；请保存为 8 位 PNG</translation>
    </message>
    <message>
        <source>is no picture that can be read; use PNG, JPEG, WebP, GIF, TIFF, BMP or SVG</source>
        <translation>不是可读取的图像；请使用 PNG、JPEG、WebP、GIF、TIFF、BMP 或 SVG</translation>
    </message>
    <message>
        <source>is a %1 that was cut off: it ends before the picture does; copy it again</source>
        <translation>是被截断的 %1：文件在图像结束之前就结束了；请重新复制</translation>
    </message>
    <message>
        <source>is a %1 without a size; save it anew in a picture editor</source>
        <translation>是没有尺寸的 %1；请在图像编辑器中重新保存</translation>
    </message>
    <message>
        <source>has %1 x %2 pixels, more than the %3 million that are read; make it smaller</source>
        <translation>有 %1 x %2 像素，超过可读取的 %3 百万；请缩小</translation>
    </message>
    <message>
        <source>is a damaged %1: its checksums are wrong; copy it again</source>
        <translation>是损坏的 %1：其校验和错误；请重新复制</translation>
    </message>
    <message>
        <source>is an animated WebP; save one frame of it, or use a GIF</source>
        <translation>是动态 WebP；请保存其中一帧，或使用 GIF</translation>
    </message>
    <message>
        <source>has %1 channels at %2 Hz, which cannot be converted (%3)</source>
        <translation>有 %1 个声道，%2 Hz，无法转换（%3）</translation>
    </message>
    <message>
        <source>lasts %1 minutes, more than the %2 that are read; cut it</source>
        <translation>时长 %1 分钟，超过可读取的 %2 分钟；请剪短</translation>
    </message>
    <message>
        <source>was cut off: it ends after %1 of %2 seconds; copy it again</source>
        <translation>被截断：在 %2 秒中的 %1 秒处结束；请重新复制</translation>
    </message>
    <message>
        <source>rate: must be above 0 Hz, or 0 for the sound&apos;s own</source>
        <translation>rate：必须大于 0 Hz，或为 0 表示声音自身的采样率</translation>
    </message>
    <message>
        <source>holds no sound that can be decoded: it is damaged; copy it again</source>
        <translation>没有可解码的声音：已损坏；请重新复制</translation>
    </message>
    <message>
        <source>holds no sound: it has a header and nothing after it</source>
        <translation>没有声音：只有文件头，其后没有内容</translation>
    </message>
    <message>
        <source>pasted data</source>
        <translation>粘贴的数据</translation>
    </message>
    <message>
        <source>there is nothing in it; copy it again</source>
        <translation>其中没有内容；请重新复制</translation>
    </message>
    <message>
        <source>has %1 MB, more than the %2 MB that are read; make it smaller</source>
        <translation>有 %1 MB，超过可读取的 %2 MB；请缩小</translation>
    </message>
    <message>
        <source>cannot be read (%1); check the disk</source>
        <translation>无法读取（%1）；请检查磁盘</translation>
    </message>
    <message>
        <source>write speech as speech:LANGUAGE:TEXT</source>
        <translation>语音请写成 speech:语言:文本</translation>
    </message>
    <message>
        <source>espeak-ng, which speaks it, is missing; install the package espeak-ng</source>
        <translation>缺少用于朗读的 espeak-ng；请安装软件包 espeak-ng</translation>
    </message>
    <message>
        <source>espeak-ng gave no answer in a minute; use a shorter text</source>
        <translation>espeak-ng 一分钟内没有回应；请使用较短的文本</translation>
    </message>
    <message>
        <source>espeak-ng cannot speak the language “%1” (%2); see espeak-ng --voices</source>
        <translation>espeak-ng 不能说语言“%1”（%2）；参见 espeak-ng --voices</translation>
    </message>
    <message>
        <source>is marked as %1 but is not, or was cut off; save it as UTF-8</source>
        <translation>标记为 %1 但并非如此，或被截断；请保存为 UTF-8</translation>
    </message>
    <message>
        <source>is no valid UTF-8 text; it looks like %1: save it as UTF-8</source>
        <translation>不是有效的 UTF-8 文本；看起来像 %1：请保存为 UTF-8</translation>
    </message>
    <message>
        <source>holds zero bytes, so it is no text; drop it as what it is</source>
        <translation>含有零字节，因此不是文本；请按其真实类型拖入</translation>
    </message>
    <message>
        <source>looks like %1 without its mark; save it as UTF-8</source>
        <translation>看起来像没有标记的 %1；请保存为 UTF-8</translation>
    </message>
    <message>
        <source>holds zero characters, so it is no text; drop it as what it is</source>
        <translation>含有零字符，因此不是文本；请按其真实类型拖入</translation>
    </message>
    <message>
        <source>has frames that cannot be converted; convert it to MP4</source>
        <translation>有无法转换的帧；请转换为 MP4</translation>
    </message>
    <message>
        <source>frames: must be at least 1</source>
        <translation>frames：必须至少为 1</translation>
    </message>
    <message>
        <source>end: must not be before start</source>
        <translation>end：不得早于 start</translation>
    </message>
    <message>
        <source>holds no frame that can be decoded: it is damaged or cut off</source>
        <translation>没有可解码的帧：已损坏或被截断</translation>
    </message>
    <message>
        <source>is a picture, not a video; use it as a picture</source>
        <translation>是图像，不是视频；请作为图像使用</translation>
    </message>
    <message>
        <source>has no moving picture in it; use it as a sound</source>
        <translation>其中没有活动画面；请作为声音使用</translation>
    </message>
    <message>
        <source>does not say how large its frames are: it is damaged or cut off</source>
        <translation>没有说明帧的大小：已损坏或被截断</translation>
    </message>
    <message>
        <source>has frames of %1 x %2 pixels, more than are read; scale it down</source>
        <translation>帧为 %1 x %2 像素，超过可读取的大小；请缩小</translation>
    </message>
    <message>
        <source>The sound of the video cannot be written (%1).</source>
        <translation>无法写入视频的声音（%1）。</translation>
    </message>
    <message>
        <source>The sound of a video has one or two channels and a rate.</source>
        <translation>视频的声音应有一个或两个声道和一个采样率。</translation>
    </message>
    <message>
        <source>FFmpeg here cannot encode the sound of the video (tried %1); install the full libavcodec.</source>
        <translation>这里的 FFmpeg 无法编码视频的声音（试过 %1）；请安装完整的 libavcodec。</translation>
    </message>
    <message>
        <source>A video cannot be written as &quot;%1&quot;; take %2.</source>
        <translation>视频不能写成“%1”；请用 %2。</translation>
    </message>
    <message>
        <source>The video cannot be written: %1 failed (%2).</source>
        <translation>无法写入视频：%1 失败（%2）。</translation>
    </message>
    <message>
        <source>A video is written from frames of bytes [T,H,W,3].</source>
        <translation>视频由字节帧 [T,H,W,3] 写成。</translation>
    </message>
    <message>
        <source>Frames of %1 x %2 pixels are too large for a video; scale them down.</source>
        <translation>%1 x %2 像素的帧对视频来说太大；请缩小。</translation>
    </message>
    <message>
        <source>rate: a video has between 0.01 and 1000 frames a second.</source>
        <translation>rate：视频每秒 0.01 到 1000 帧。</translation>
    </message>
    <message>
        <source>FFmpeg here cannot encode a .%1 of %2 x %3 pixels (tried %4); install the full libavcodec, or take another ending.</source>
        <translation>这里的 FFmpeg 无法编码 %2 x %3 像素的 .%1（试过 %4）；请安装完整的 libavcodec，或换一个扩展名。</translation>
    </message>
    <message>
        <source>The frames cannot be converted for the encoder.</source>
        <translation>无法为编码器转换这些帧。</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>%1 cannot be opened: %2.</source>
        <translation>无法打开 %1：%2。</translation>
    </message>
    <message>
        <source>%1 is too large to be what its name says.</source>
        <translation>%1 过大，不像是其名称所示的文件。</translation>
    </message>
    <message>
        <source>it is not an object</source>
        <translation>它不是对象</translation>
    </message>
    <message>
        <source>%1 is no JSON object: %2.</source>
        <translation>%1 不是 JSON 对象：%2。</translation>
    </message>
    <message>
        <source>%1 does not exist.</source>
        <translation>%1 不存在。</translation>
    </message>
    <message>
        <source>%1 names no tensors in its weight_map.</source>
        <translation>%1 的 weight_map 中没有任何张量。</translation>
    </message>
    <message>
        <source>%1 names the part &quot;%2&quot;, which is not a file of this folder.</source>
        <translation>%1 指定了分片“%2”，但它不是此文件夹中的文件。</translation>
    </message>
    <message>
        <source>%1 is missing, though %2 names it; fetch it too.</source>
        <translation>缺少 %1，而 %2 中指定了它；请一并取回。</translation>
    </message>
    <message>
        <source>%1: the tensor %2 is in none of the parts.</source>
        <translation>%1：张量 %2 不在任何分片中。</translation>
    </message>
    <message>
        <source>%1: the tensor %2 is in another part too.</source>
        <translation>%1：张量 %2 在另一个分片中也有。</translation>
    </message>
    <message>
        <source>%1 has no %2.</source>
        <translation>%1 没有 %2。</translation>
    </message>
    <message>
        <source>%1 has no tokenizer; vocab.json with merges.txt, or tokenizer.json, belongs beside config.json.</source>
        <translation>%1 没有分词器；config.json 旁应有 vocab.json 和 merges.txt，或 tokenizer.json。</translation>
    </message>
    <message>
        <source>%1 has no frame that can be read.</source>
        <translation>%1 没有可读取的帧。</translation>
    </message>
    <message>
        <source>There is no sample to encode.</source>
        <translation>没有可编码的样本。</translation>
    </message>
    <message>
        <source>The samples give inputs of different sizes; encode them one by one.</source>
        <translation>这些样本给出的输入大小不同；请逐个编码。</translation>
    </message>
    <message>
        <source>embeddings of %1</source>
        <translation>%1的嵌入</translation>
    </message>
    <message>
        <source>every layer and head over %1, with gradients</source>
        <translation>%1上的每一层和每个头，含梯度</translation>
    </message>
    <message>
        <source>similarity and retrieval between %1</source>
        <translation>%1之间的相似度与检索</translation>
    </message>
    <message>
        <source>this must be an object.</source>
        <translation>必须是对象。</translation>
    </message>
    <message>
        <source>this must be a whole number from %1 to %2.</source>
        <translation>必须是 %1 到 %2 的整数。</translation>
    </message>
    <message>
        <source>this must be a number.</source>
        <translation>必须是数字。</translation>
    </message>
    <message>
        <source>this must be a text.</source>
        <translation>必须是文本。</translation>
    </message>
    <message>
        <source>this must be true or false.</source>
        <translation>必须是 true 或 false。</translation>
    </message>
    <message>
        <source>a side must be a whole number from 1 to %1.</source>
        <translation>边长必须是 1 到 %1 的整数。</translation>
    </message>
    <message>
        <source>this must be one number or [height, width].</source>
        <translation>必须是一个数字或 [高, 宽]。</translation>
    </message>
    <message>
        <source>this must be a multiple of 8.</source>
        <translation>必须是 8 的倍数。</translation>
    </message>
    <message>
        <source>a patch is larger than the input.</source>
        <translation>图块比输入还大。</translation>
    </message>
    <message>
        <source>This encoder reads [samples, %1, %2, %3]; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取 [样本, %1, %2, %3]；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>%1 heads do not divide hidden_size %2.</source>
        <translation>%1 个头不能整除 hidden_size %2。</translation>
    </message>
    <message>
        <source>this is &quot;token&quot; or &quot;mean&quot;.</source>
        <translation>应为 &quot;token&quot; 或 &quot;mean&quot;。</translation>
    </message>
    <message>
        <source>The text encoder needs token ids [texts, tokens] with at least one token.</source>
        <translation>文本编码器需要词元 id [文本, 词元]，至少一个词元。</translation>
    </message>
    <message>
        <source>A text of %1 tokens is longer than the %2 this model reads; turn truncation on.</source>
        <translation>%1 个词元的文本超过此模型可读取的 %2 个；请开启截断。</translation>
    </message>
    <message>
        <source>A token id is outside this model&apos;s vocabulary of %1: the tokenizer belongs to another model.</source>
        <translation>有词元 id 超出此模型的词表大小 %1：分词器属于另一个模型。</translation>
    </message>
    <message>
        <source>attention_mask and input_ids differ in shape.</source>
        <translation>attention_mask 与 input_ids 形状不同。</translation>
    </message>
    <message>
        <source>This model has no encoder for %1; it reads %2.</source>
        <translation>此模型没有%1的编码器；它读取%2。</translation>
    </message>
    <message>
        <source>config.json: a triptych model needs text_config, vision_config or audio_config.</source>
        <translation>config.json：triptych 模型需要 text_config、vision_config 或 audio_config。</translation>
    </message>
    <message>
        <source>%1: config.json says the model_type &quot;%2&quot;, which this version does not read; it reads %3.</source>
        <translation>%1：config.json 中的 model_type 为“%2”，此版本不读取；可读取 %3。</translation>
    </message>
    <message>
        <source>%1: this is a Git LFS pointer, not the weights; fetch them with &quot;git lfs pull&quot;.</source>
        <translation>%1：这是 Git LFS 指针，不是权重；请用 &quot;git lfs pull&quot; 取回。</translation>
    </message>
    <message>
        <source>%1: this is a web page, not the weights; the download went wrong, fetch it again.</source>
        <translation>%1：这是网页，不是权重；下载出错，请重新获取。</translation>
    </message>
    <message>
        <source>%1 is empty; the download went wrong, fetch it again.</source>
        <translation>%1 是空的；下载出错，请重新获取。</translation>
    </message>
    <message>
        <source>%1 cannot be mapped into memory: %2.</source>
        <translation>无法将 %1 映射到内存：%2。</translation>
    </message>
    <message>
        <source>the pickle has the instruction 0x%1, which weights do not need; it is refused.</source>
        <translation>pickle 含有指令 0x%1，权重并不需要它；已拒绝。</translation>
    </message>
    <message>
        <source>the pickle is damaged: it fills what is no container.</source>
        <translation>pickle 已损坏：它填充了并非容器的对象。</translation>
    </message>
    <message>
        <source>the pickle is damaged: it recalls what it never stored.</source>
        <translation>pickle 已损坏：它取用了从未存储的内容。</translation>
    </message>
    <message>
        <source>the pickle is damaged: it takes more than it has.</source>
        <translation>pickle 已损坏：它取出的多于已有的。</translation>
    </message>
    <message>
        <source>the pickle is damaged: a group ends that never began.</source>
        <translation>pickle 已损坏：有一组只有结尾，没有开头。</translation>
    </message>
    <message>
        <source>the pickle ends in the middle; the download is incomplete, fetch it again.</source>
        <translation>pickle 在中途结束；下载不完整，请重新获取。</translation>
    </message>
    <message>
        <source>the pickle asks for %1.%2, which is no tensor or plain container; a file that wants code to run is refused. Save the weights as safetensors.</source>
        <translation>pickle 要求 %1.%2，它既不是张量也不是普通容器；要求运行代码的文件会被拒绝。请将权重保存为 safetensors。</translation>
    </message>
    <message>
        <source>the pickle is damaged: it calls what is no function.</source>
        <translation>pickle 已损坏：它调用了并非函数的对象。</translation>
    </message>
    <message>
        <source>the pickle fills an OrderedDict in a way that is not known.</source>
        <translation>pickle 以未知方式填充 OrderedDict。</translation>
    </message>
    <message>
        <source>the pickle has a parameter without a tensor.</source>
        <translation>pickle 中有一个没有张量的参数。</translation>
    </message>
    <message>
        <source>the pickle has a tensor that is not fully described.</source>
        <translation>pickle 中有一个描述不完整的张量。</translation>
    </message>
    <message>
        <source>the pickle calls %1, which is refused.</source>
        <translation>pickle 调用了 %1，已拒绝。</translation>
    </message>
    <message>
        <source>the pickle points to a storage that is not known.</source>
        <translation>pickle 指向未知的存储。</translation>
    </message>
    <message>
        <source>the pickle sets the state of an object; only tensors and containers are read.</source>
        <translation>pickle 设置了对象的状态；这里只读取张量和容器。</translation>
    </message>
    <message>
        <source>the tensor %1 has the type &quot;%2&quot;, which is not known.</source>
        <translation>张量 %1 的类型“%2”未知。</translation>
    </message>
    <message>
        <source>the tensor %1 has no list of numbers where one belongs.</source>
        <translation>张量 %1 应有数字列表之处没有。</translation>
    </message>
    <message>
        <source>the tensor %1 has a negative or broken number in its header.</source>
        <translation>张量 %1 的头部含有负数或损坏的数字。</translation>
    </message>
    <message>
        <source>this is too short to be a safetensors file.</source>
        <translation>文件过短，不是 safetensors 文件。</translation>
    </message>
    <message>
        <source>its header would be longer than the file; this is no safetensors file, or the download is incomplete.</source>
        <translation>其头部会比文件还长；这不是 safetensors 文件，或下载不完整。</translation>
    </message>
    <message>
        <source>its header is not JSON; this is no safetensors file.</source>
        <translation>其头部不是 JSON；这不是 safetensors 文件。</translation>
    </message>
    <message>
        <source>the tensor %1 overlaps another.</source>
        <translation>张量 %1 与另一个重叠。</translation>
    </message>
    <message>
        <source>there are bytes before the tensor %1 that belong to none.</source>
        <translation>张量 %1 之前有不属于任何张量的字节。</translation>
    </message>
    <message>
        <source>there are bytes after the last tensor that belong to none.</source>
        <translation>最后一个张量之后有不属于任何张量的字节。</translation>
    </message>
    <message>
        <source>the tensor %1 is not fully described in the header.</source>
        <translation>张量 %1 在头部中描述不完整。</translation>
    </message>
    <message>
        <source>the tensor %1 ends before it begins.</source>
        <translation>张量 %1 在开始之前就结束了。</translation>
    </message>
    <message>
        <source>the tensor %1 reaches past the end of the file; the download is incomplete, fetch it again.</source>
        <translation>张量 %1 超出文件末尾；下载不完整，请重新获取。</translation>
    </message>
    <message>
        <source>the shape of the tensor %1 does not fit its %2 bytes.</source>
        <translation>张量 %1 的形状与其 %2 字节不符。</translation>
    </message>
    <message>
        <source>the tensor %1 has a negative or broken shape.</source>
        <translation>张量 %1 的形状为负或已损坏。</translation>
    </message>
    <message>
        <source>the tensor %1 does not fit its data; the file is damaged.</source>
        <translation>张量 %1 与其数据不符；文件已损坏。</translation>
    </message>
    <message>
        <source>the tensor %1 reaches past its data; the file is damaged.</source>
        <translation>张量 %1 超出其数据范围；文件已损坏。</translation>
    </message>
    <message>
        <source>the pickle holds no tensors by name.</source>
        <translation>pickle 中没有按名称存放的张量。</translation>
    </message>
    <message>
        <source>the zip has no data.pkl: this is no file of weights.</source>
        <translation>zip 中没有 data.pkl：这不是权重文件。</translation>
    </message>
    <message>
        <source>the list of tensors is unreasonably long.</source>
        <translation>张量列表长得不合理。</translation>
    </message>
    <message>
        <source>the data of the tensors is missing or cut short.</source>
        <translation>张量的数据缺失或被截断。</translation>
    </message>
    <message>
        <source>the data of the tensors is cut short; fetch the file again.</source>
        <translation>张量的数据被截断；请重新获取文件。</translation>
    </message>
    <message>
        <source>this is no PyTorch file of weights.</source>
        <translation>这不是 PyTorch 权重文件。</translation>
    </message>
    <message>
        <source>the zip is cut short; the download is incomplete, fetch it again.</source>
        <translation>zip 被截断；下载不完整，请重新获取。</translation>
    </message>
    <message>
        <source>the zip has no end; the download is incomplete, fetch it again.</source>
        <translation>zip 没有结尾；下载不完整，请重新获取。</translation>
    </message>
    <message>
        <source>the zip names more members than it can hold.</source>
        <translation>zip 列出的成员多于其所能容纳的。</translation>
    </message>
    <message>
        <source>the list of the zip&apos;s members is damaged.</source>
        <translation>zip 的成员列表已损坏。</translation>
    </message>
    <message>
        <source>%1: the model gives no finite numbers for it.</source>
        <translation>%1：模型没有给出有限数。</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>There is nothing this model reads; give samples or inputs (pixel_values, input_ids, input_features).</source>
        <translation>没有此模型可读取的内容；请给出样本或输入（pixel_values、input_ids、input_features）。</translation>
    </message>
    <message>
        <source>There is no sample to prepare.</source>
        <translation>没有可预处理的样本。</translation>
    </message>
    <message>
        <source>modality: the samples have no source in common; say which one to use.</source>
        <translation>modality：这些样本没有共同的来源；请指定使用哪一个。</translation>
    </message>
    <message>
        <source>texts: there is no text to tokenize.</source>
        <translation>texts：没有可分词的文本。</translation>
    </message>
    <message>
        <source>%1: there is no such model folder; give a folder with config.json and weights, or triptych-mini.</source>
        <translation>%1：没有此模型文件夹；请给出含 config.json 和权重的文件夹，或 triptych-mini。</translation>
    </message>
    <message>
        <source>config.json: hidden_act &quot;%1&quot; is not known; use gelu, quick_gelu, gelu_new, gelu_pytorch_tanh or relu.</source>
        <translation>config.json：hidden_act“%1”未知；请使用 gelu、quick_gelu、gelu_new、gelu_pytorch_tanh 或 relu。</translation>
    </message>
    <message>
        <source>%1: the tensor %2 is missing; the weights do not belong to this config.json, or the download is incomplete.</source>
        <translation>%1：缺少张量 %2；权重与此 config.json 不匹配，或下载不完整。</translation>
    </message>
    <message>
        <source>%1: the tensor %2 has the shape %3, but config.json asks for %4.</source>
        <translation>%1：张量 %2 的形状为 %3，而 config.json 要求 %4。</translation>
    </message>
    <message>
        <source>this must be htk or slaney.</source>
        <translation>必须是 htk 或 slaney。</translation>
    </message>
    <message>
        <source>this must be above 0.</source>
        <translation>必须大于 0。</translation>
    </message>
    <message>
        <source>0 cannot be divided by.</source>
        <translation>不能除以 0。</translation>
    </message>
    <message>
        <source>the audio encoder reads %1 bands and %2 frames.</source>
        <translation>音频编码器读取 %1 个频带和 %2 帧。</translation>
    </message>
    <message>
        <source>this must be three numbers.</source>
        <translation>必须是三个数字。</translation>
    </message>
    <message>
        <source>this must be above 0 and at most 1.</source>
        <translation>必须大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 is too long and thin for this model; crop it.</source>
        <translation>%1 × %2 的图像对此模型过于狭长；请裁剪。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>the type of %1 has no place in safetensors.</source>
        <translation>%1 的类型在 safetensors 中没有对应。</translation>
    </message>
    <message>
        <source>max_length %1 leaves no room for the special tokens.</source>
        <translation>max_length %1 没有给特殊词元留出位置。</translation>
    </message>
    <message>
        <source>There are %1 texts and %2 pairs; give one pair a text.</source>
        <translation>有 %1 个文本和 %2 个配对文本；每个文本对应一个。</translation>
    </message>
    <message>
        <source>This tokenizer names no longest text; give max_length.</source>
        <translation>此分词器未给出最大文本长度；请给出 max_length。</translation>
    </message>
    <message>
        <source>%1: the vocabulary has no %2, which is the tokenizer&apos;s %3.</source>
        <translation>%1：词表中没有 %2，而它是分词器的 %3。</translation>
    </message>
    <message>
        <source>%1: the token %2 has no id.</source>
        <translation>%1：词元 %2 没有 id。</translation>
    </message>
    <message>
        <source>%1 holds no tokens.</source>
        <translation>%1 中没有词元。</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1 不是文件。</translation>
    </message>
    <message>
        <source>%1: there is no model.safetensors or pytorch_model.bin, but %2; open one of them.</source>
        <translation>%1：没有 model.safetensors 或 pytorch_model.bin，但有 %2；请打开其中之一。</translation>
    </message>
    <message>
        <source>%1: the weights are in %2 alone, which is not read; fetch model.safetensors or pytorch_model.bin.</source>
        <translation>%1：权重只在 %2 中，而它不受支持；请获取 model.safetensors 或 pytorch_model.bin。</translation>
    </message>
    <message>
        <source>%1: there are no weights; model.safetensors, pytorch_model.bin or their index.json belong in the folder, with config.json.</source>
        <translation>%1：没有权重；文件夹中应有 model.safetensors、pytorch_model.bin 或其 index.json，以及 config.json。</translation>
    </message>
    <message>
        <source>Every name began with &quot;%1&quot;, which is left out.</source>
        <translation>所有名称都以“%1”开头，已将其略去。</translation>
    </message>
    <message>
        <source>Grad-CAM over %1 (a convolutional net has no attention)</source>
        <translation>%1上的 Grad-CAM（卷积网络没有注意力）</translation>
    </message>
    <message>
        <source>each word that it writes</source>
        <translation>它生成的每个词</translation>
    </message>
    <message>
        <source>picture and text looking at each other</source>
        <translation>图像与文本之间的相互注意</translation>
    </message>
    <message>
        <source>%1: config.json has no model_type, and the tensors&apos; names tell no family; this version reads %2.</source>
        <translation>%1：config.json 中没有 model_type，张量名称也看不出模型族；此版本可读取 %2。</translation>
    </message>
    <message>
        <source>%1: there is no config.json, and the tensors&apos; names (%2 …) tell no family; put the model&apos;s config.json beside its weights. This version reads %3.</source>
        <translation>%1：没有 config.json，张量名称（%2 …）也看不出模型族；请将模型的 config.json 放在权重旁边。此版本可读取 %3。</translation>
    </message>
    <message>
        <source>%1 has towers side by side and nothing that reads several modalities together.</source>
        <translation>%1 只有并列的编码塔，没有同时读取多种模态的部分。</translation>
    </message>
    <message>
        <source>%1 writes no text; captions, transcripts and answers need a model with a decoder.</source>
        <translation>%1 不生成文本；描述、转写和回答需要带解码器的模型。</translation>
    </message>
    <message>
        <source>%1 is a TorchScript program: using it runs the code in it. Agree to that only where you know who made it (--trust, or Trust on the model&apos;s page); its parameters can be looked at without.</source>
        <translation>%1 是 TorchScript 程序：使用它就会运行其中的代码。只有在知道制作者是谁时才应同意（--trust，或模型页上的“信任此程序”）；不同意也可以查看其参数。</translation>
    </message>
    <message>
        <source>%1: there is no tokenizer this version reads; tokenizer.json, vocab.json with merges.txt, vocab.txt or a SentencePiece model belongs there.</source>
        <translation>%1：没有此版本可读取的分词器；那里应有 tokenizer.json、vocab.json 和 merges.txt、vocab.txt 或 SentencePiece 模型。</translation>
    </message>
    <message>
        <source>%1: the tokenizer %2 is not known without a tokenizer.json; this version reads the files of BERT, GPT-2, RoBERTa, CLIP, Whisper, wav2vec 2.0 and SentencePiece.</source>
        <translation>%1：没有 tokenizer.json，无法识别分词器 %2；此版本可读取 BERT、GPT-2、RoBERTa、CLIP、Whisper、wav2vec 2.0 和 SentencePiece 的文件。</translation>
    </message>
    <message>
        <source>%1 needs %2 of memory when it is used, and %3 are free; unload other models, close other programs, or choose a smaller model.</source>
        <translation>使用 %1 需要 %2 内存，而空闲的有 %3；请卸载其他模型、关闭其他程序，或选择较小的模型。</translation>
    </message>
    <message>
        <source>%1: the tensor %2 holds NaN or infinity; the file is damaged, or its training went wrong. Fetch it again.</source>
        <translation>%1：张量 %2 含有 NaN 或无穷大；文件已损坏，或训练出错。请重新获取。</translation>
    </message>
    <message>
        <source>This encoder reads [samples, %1, %2], frames and bands; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取 [样本, %1, %2]（帧与频带）；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>this version reads &quot;absolute&quot; only, not &quot;%1&quot;.</source>
        <translation>此版本只支持 &quot;absolute&quot;，不支持“%1”。</translation>
    </message>
    <message>
        <source>token_type_ids do not fit: they have the shape of input_ids, and this model knows the types 0 to %1.</source>
        <translation>token_type_ids 不符：其形状应与 input_ids 相同，且此模型只有类型 0 到 %1。</translation>
    </message>
    <message>
        <source>%1: this BLIP has neither a text_decoder (captions, answers) nor a text_encoder with an itm_head (matching); other heads of BLIP are not read.</source>
        <translation>%1：此 BLIP 既没有 text_decoder（描述、回答），也没有带 itm_head 的 text_encoder（匹配）；不读取 BLIP 的其他头。</translation>
    </message>
    <message>
        <source>this must be a list of whole numbers from %1 to %2.</source>
        <translation>必须是 %1 到 %2 的整数列表。</translation>
    </message>
    <message>
        <source>%1: vocab.json: the id of &quot;%2&quot; is not one of the %3 that config.json says.</source>
        <translation>%1：vocab.json：“%2”的 id 不在 config.json 所说的 %3 个之中。</translation>
    </message>
    <message>
        <source>this must be above 0 and at most 64.</source>
        <translation>必须大于 0 且不超过 64。</translation>
    </message>
    <message>
        <source>%1 heads do not divide n_embd %2.</source>
        <translation>%1 个头不能整除 n_embd %2。</translation>
    </message>
    <message>
        <source>this variant is not read; only false is.</source>
        <translation>不支持此变体；只支持 false。</translation>
    </message>
    <message>
        <source>depths and num_attention_heads must be equally long.</source>
        <translation>depths 与 num_attention_heads 的长度必须相同。</translation>
    </message>
    <message>
        <source>the heads do not divide the width.</source>
        <translation>头数不能整除宽度。</translation>
    </message>
    <message>
        <source>this must be a multiple of num_mel_bins, and of patch_stride doubled at every stage.</source>
        <translation>必须是 num_mel_bins 的倍数，也是逐阶段加倍的 patch_stride 的倍数。</translation>
    </message>
    <message>
        <source>this variant is not read.</source>
        <translation>不支持此变体。</translation>
    </message>
    <message>
        <source>This encoder reads at most %1 frames of %2 bands; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器最多读取 %1 帧、%2 个频带；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>This encoder reads [samples, %1, frames, %2]; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取 [样本, %1, 帧, %2]；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>This model reads a picture, and none was given.</source>
        <translation>此模型需要图像，但未给出。</translation>
    </message>
    <message>
        <source>This model reads a text beside the picture, and none was given.</source>
        <translation>此模型除图像外还需要文本，但未给出。</translation>
    </message>
    <message>
        <source>There are %1 pictures and %2 texts; each picture needs its own.</source>
        <translation>有 %1 幅图像和 %2 个文本；每幅图像需要各自的文本。</translation>
    </message>
    <message>
        <source>inputs: %1 is missing; there are %2.</source>
        <translation>inputs：缺少 %1；有：%2。</translation>
    </message>
    <message>
        <source>This model does not read pixels but what an object detector found: visual_feats [pictures, regions, %1] and visual_pos [pictures, regions, 4] (left, top, right, bottom in shares of the sides). Run the detector it was trained with (a Faster R-CNN on Visual Genome) elsewhere and give its result as an .npz.</source>
        <translation>此模型不读取像素，而是读取目标检测器的结果：visual_feats [图像, 区域, %1] 和 visual_pos [图像, 区域, 4]（左、上、右、下，按边长的比例）。请在别处运行它训练时所用的检测器（在 Visual Genome 上训练的 Faster R-CNN），并以 .npz 给出结果。</translation>
    </message>
    <message>
        <source>This model does not read pixels but what an object detector found: visual_embeds [pictures, regions, %1]. Run the detector it was trained with elsewhere and give its result as an .npz.</source>
        <translation>此模型不读取像素，而是读取目标检测器的结果：visual_embeds [图像, 区域, %1]。请在别处运行它训练时所用的检测器，并以 .npz 给出结果。</translation>
    </message>
    <message>
        <source>visual_attention_mask and visual_token_type_ids need one number for each of the %1 regions.</source>
        <translation>visual_attention_mask 和 visual_token_type_ids 需要为 %1 个区域各给出一个数。</translation>
    </message>
    <message>
        <source>%1 is no JSON list of modules.</source>
        <translation>%1 不是模块的 JSON 列表。</translation>
    </message>
    <message>
        <source>%1 names &quot;%2&quot;, which is not in this folder.</source>
        <translation>%1 指定了“%2”，但它不在此文件夹中。</translation>
    </message>
    <message>
        <source>%1: the module %2 is not known; this version reads Transformer, Pooling, Dense and Normalize.</source>
        <translation>%1：模块 %2 未知；此版本可读取 Transformer、Pooling、Dense 和 Normalize。</translation>
    </message>
    <message>
        <source>it names no pooling that this version knows.</source>
        <translation>没有指定此版本已知的池化方式。</translation>
    </message>
    <message>
        <source>the model&apos;s tokens have %1 numbers.</source>
        <translation>模型的词元有 %1 个数。</translation>
    </message>
    <message>
        <source>what comes before gives %1 numbers.</source>
        <translation>前一模块给出 %1 个数。</translation>
    </message>
    <message>
        <source>%1 is not known; this version reads %2.</source>
        <translation>%1 未知；此版本可读取 %2。</translation>
    </message>
    <message>
        <source>The text encoder needs token ids [texts, tokens] with 1 to %1 tokens.</source>
        <translation>文本编码器需要词元 id [文本, 词元]，1 到 %1 个词元。</translation>
    </message>
    <message>
        <source>This encoder reads clips [samples, %1, %2, %3, %4]; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取片段 [样本, %1, %2, %3, %4]；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not read, only divided_space_time.</source>
        <translation>不支持“%1”，只支持 divided_space_time。</translation>
    </message>
    <message>
        <source>%1: the tensors do not tell the number of attention heads of a transformer %2 wide; add a config.json with {&quot;model_args&quot;: {&quot;num_heads&quot;: N}}.</source>
        <translation>%1：从张量看不出宽度为 %2 的 Transformer 有多少个注意力头；请添加含 {&quot;model_args&quot;: {&quot;num_heads&quot;: N}} 的 config.json。</translation>
    </message>
    <message>
        <source>%1: this transformer normalises queries and keys (attn.q_norm), which is not read.</source>
        <translation>%1：此 Transformer 对查询和键做归一化（attn.q_norm），不受支持。</translation>
    </message>
    <message>
        <source>%1: pos_embed has %2 places, which is no grid of patches; add timm&apos;s config.json.</source>
        <translation>%1：pos_embed 有 %2 个位置，构不成图块网格；请添加 timm 的 config.json。</translation>
    </message>
    <message>
        <source>it gives no row for each picture</source>
        <translation>它没有为每幅图像给出一行</translation>
    </message>
    <message>
        <source>%1 is a TorchScript program: it gives its output and nothing of its layers, so there is no map of where it looks.</source>
        <translation>%1 是 TorchScript 程序：只给出输出，不给出各层内容，因此没有显示它看向哪里的图。</translation>
    </message>
    <message>
        <source>%1: this TorchScript program has no forward.</source>
        <translation>%1：此 TorchScript 程序没有 forward。</translation>
    </message>
    <message>
        <source>%1: this TorchScript program asks for %2 inputs; one with pictures alone can be used as an encoder. Its parameters can be looked at.</source>
        <translation>%1：此 TorchScript 程序要求 %2 个输入；只读取图像的程序才能用作编码器。可以查看其参数。</translation>
    </message>
    <message>
        <source>%1: this TorchScript program does not run on pictures of any usual size: %2. A preprocessor_config.json beside it can say which size it needs.</source>
        <translation>%1：此 TorchScript 程序在任何常用尺寸的图像上都无法运行：%2。可在旁边的 preprocessor_config.json 中指定所需尺寸。</translation>
    </message>
    <message>
        <source>This model has no encoder for %1 alone: it reads picture and text together and answers or compares.</source>
        <translation>此模型没有单独的%1编码器：它同时读取图像和文本，并回答或比较。</translation>
    </message>
    <message>
        <source>this is more than num_frames.</source>
        <translation>超过了 num_frames。</translation>
    </message>
    <message>
        <source>This encoder reads pictures [samples, %1, rows, columns] of at least %2 × %3; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取至少 %2 × %3 的图像 [样本, %1, 行, 列]；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>pixel_mask does not have the sides of pixel_values.</source>
        <translation>pixel_mask 的边长与 pixel_values 不同。</translation>
    </message>
    <message>
        <source>pixel_mask hides the whole picture.</source>
        <translation>pixel_mask 遮住了整幅图像。</translation>
    </message>
    <message>
        <source>pixel_mask hides the upper left corner of a picture.</source>
        <translation>pixel_mask 遮住了图像的左上角。</translation>
    </message>
    <message>
        <source>the encoder &quot;%1&quot; is not read; vit and deit are.</source>
        <translation>不支持编码器“%1”；支持 vit 和 deit。</translation>
    </message>
    <message>
        <source>the decoder &quot;%1&quot; is not read; gpt2 is.</source>
        <translation>不支持解码器“%1”；支持 gpt2。</translation>
    </message>
    <message>
        <source>visual_token_type_ids: there are types 0 to %1.</source>
        <translation>visual_token_type_ids：有类型 0 到 %1。</translation>
    </message>
    <message>
        <source>only false is read.</source>
        <translation>只支持 false。</translation>
    </message>
    <message>
        <source>pixel_values, pixel_attention_mask and spatial_shapes do not fit each other or this encoder, which reads patches of %1 numbers.</source>
        <translation>pixel_values、pixel_attention_mask 和 spatial_shapes 彼此不符，或与此编码器不符；它读取 %1 个数的图块。</translation>
    </message>
    <message>
        <source>This encoder reads clips [samples, frames, %1, rows, columns] of at least %2 × %3; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取至少 %2 × %3 的片段 [样本, 帧, %1, 行, 列]；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>This encoder&apos;s positions are for clips of %1 frames of %2 × %3 only.</source>
        <translation>此编码器的位置只适用于 %1 帧、%2 × %3 的片段。</translation>
    </message>
    <message>
        <source>conv_dim, conv_kernel and conv_stride must be equally long.</source>
        <translation>conv_dim、conv_kernel 和 conv_stride 的长度必须相同。</translation>
    </message>
    <message>
        <source>this must be group or layer.</source>
        <translation>必须是 group 或 layer。</translation>
    </message>
    <message>
        <source>%1 groups do not divide hidden_size %2.</source>
        <translation>%1 个组不能整除 hidden_size %2。</translation>
    </message>
    <message>
        <source>This encoder reads waves [sounds, samples] and a mask of the same shape; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取波形 [声音, 采样点] 和形状相同的掩码；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>A sound of %1 samples is too short for this encoder; it needs %2 (%3 ms).</source>
        <translation>%1 个采样点的声音对此编码器过短；需要 %2 个（%3 毫秒）。</translation>
    </message>
    <message>
        <source>%1 heads do not divide d_model %2.</source>
        <translation>%1 个头不能整除 d_model %2。</translation>
    </message>
    <message>
        <source>This encoder reads [samples, %1, %2], bands and frames; the preprocessor_config.json or the given values do not fit it.</source>
        <translation>此编码器读取 [样本, %1, %2]（频带与帧）；preprocessor_config.json 或给定的值与之不符。</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is not one of %3.</source>
        <translation>%1：“%2”不在 %3 之中。</translation>
    </message>
    <message>
        <source>language: this model knows one language and takes no other.</source>
        <translation>language：此模型只懂一种语言，不接受其他语言。</translation>
    </message>
    <message>
        <source>generation_config.json: lang_to_id: the id of %1 is outside the vocabulary.</source>
        <translation>generation_config.json：lang_to_id：%1 的 id 超出词表。</translation>
    </message>
    <message>
        <source>This model reads a sound, and none was given.</source>
        <translation>此模型需要声音，但未给出。</translation>
    </message>
    <message>
        <source>The text needs token ids [texts, tokens] with at least one token.</source>
        <translation>文本需要词元 id [文本, 词元]，至少一个词元。</translation>
    </message>
    <message>
        <source>The picture encoder needs pixels [pictures, channels, rows, columns].</source>
        <translation>图像编码器需要像素 [图像, 通道, 行, 列]。</translation>
    </message>
    <message>
        <source>The tensor %1 is missing or has too few sides; the file is incomplete or of another net.</source>
        <translation>张量 %1 缺失或维数过少；文件不完整，或属于另一个网络。</translation>
    </message>
    <message>
        <source>there must be as many as hidden_sizes.</source>
        <translation>数量必须与 hidden_sizes 相同。</translation>
    </message>
    <message>
        <source>%1 is no file; the weights belong there.</source>
        <translation>%1 不是文件；权重应在那里。</translation>
    </message>
    <message>
        <source>the pickle has a number that is none.</source>
        <translation>pickle 中有一个数字不是数字。</translation>
    </message>
    <message>
        <source>The weights are in &quot;%1&quot;; the file also holds %2, which is left out.</source>
        <translation>权重在“%1”中；文件还含有 %2，已略去。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is left out: it belongs to the training.</source>
        <translation>已略去“%1”：它属于训练过程。</translation>
    </message>
    <message>
        <source>the data of the tensor %1 is missing, or compressed, which torch.save never does.</source>
        <translation>张量 %1 的数据缺失或被压缩，而 torch.save 从不压缩。</translation>
    </message>
    <message>
        <source>its numbers are stored big end first; save it again on a usual machine.</source>
        <translation>其数字以大端序存储；请在普通机器上重新保存。</translation>
    </message>
    <message>
        <source>data.pkl is compressed, which torch.save never does; save it again.</source>
        <translation>data.pkl 被压缩，而 torch.save 从不压缩；请重新保存。</translation>
    </message>
    <message>
        <source>answer %1</source>
        <translation>答案 %1</translation>
    </message>
    <message>
        <source>%1 answers in its own words: use model.write with a question.</source>
        <translation>%1 用自己的话回答：请使用 model.write 并给出问题。</translation>
    </message>
    <message>
        <source>%1 has no classifier: it gives states and attention, but no answers.</source>
        <translation>%1 没有分类器：它给出状态和注意力，但不给出答案。</translation>
    </message>
    <message>
        <source>Reading both</source>
        <translation>正在读取两者</translation>
    </message>
    <message>
        <source>%1: the model gave numbers that are not finite; its weights are damaged.</source>
        <translation>%1：模型给出了非有限数；其权重已损坏。</translation>
    </message>
    <message>
        <source>Comparing tensors</source>
        <translation>正在比较张量</translation>
    </message>
    <message>
        <source>%1: %2 is not among what can be drawn: %3.</source>
        <translation>%1：%2 不在可绘制的内容之中：%3。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>inputs: the regions of one picture are read at a time, [1, regions, numbers].</source>
        <translation>inputs：一次读取一幅图像的区域，[1, 区域, 数]。</translation>
    </message>
    <message>
        <source>This model reads a picture and a text together; give a sample with a picture.</source>
        <translation>此模型同时读取图像和文本；请给出带图像的样本。</translation>
    </message>
    <message>
        <source>text: %1 reads a text beside the picture; say which, or give a sample that has one.</source>
        <translation>text：%1 除图像外还读取文本；请指定文本，或给出带文本的样本。</translation>
    </message>
    <message>
        <source>%1: without config.json only pictures and sounds are prepared, by preprocessor_config.json.</source>
        <translation>%1：没有 config.json 时，只能按 preprocessor_config.json 预处理图像和声音。</translation>
    </message>
    <message>
        <source>tensor: %1 has no tensor %2; `triptych info MODEL --tensors` lists them.</source>
        <translation>tensor：%1 没有张量 %2；`triptych info MODEL --tensors` 列出所有张量。</translation>
    </message>
    <message>
        <source>Measuring tensors</source>
        <translation>正在测量张量</translation>
    </message>
    <message>
        <source>Transcribing</source>
        <translation>正在转写</translation>
    </message>
    <message>
        <source>There is no sound to transcribe.</source>
        <translation>没有可转写的声音。</translation>
    </message>
    <message>
        <source>%1 does not transcribe: it has neither a decoder for sounds nor a CTC head with its vocab.json.</source>
        <translation>%1 不能转写：它既没有声音的解码器，也没有带 vocab.json 的 CTC 头。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no sound to transcribe.</source>
        <translation>“%1”没有可转写的声音。</translation>
    </message>
    <message>
        <source>There is no sample to write about.</source>
        <translation>没有可供描述的样本。</translation>
    </message>
    <message>
        <source>question: this model answers a question about what it sees; say which.</source>
        <translation>question：此模型回答关于所见内容的问题；请给出问题。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no %2, which is what this model writes about.</source>
        <translation>“%1”没有%2，而此模型要据此生成文本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not known; sounds are prepared by ASTFeatureExtractor, ClapFeatureExtractor, Wav2Vec2FeatureExtractor or WhisperFeatureExtractor.</source>
        <translation>“%1”未知；声音由 ASTFeatureExtractor、ClapFeatureExtractor、Wav2Vec2FeatureExtractor 或 WhisperFeatureExtractor 预处理。</translation>
    </message>
    <message>
        <source>this must be fusion or rand_trunc.</source>
        <translation>必须是 fusion 或 rand_trunc。</translation>
    </message>
    <message>
        <source>this must be repeatpad, repeat or pad.</source>
        <translation>必须是 repeatpad、repeat 或 pad。</translation>
    </message>
    <message>
        <source>the added token %1 has no id.</source>
        <translation>添加的词元 %1 没有 id。</translation>
    </message>
    <message>
        <source>%1: the vocabulary has no %2, which stands for unknown words.</source>
        <translation>%1：词表中没有代表未知词的 %2。</translation>
    </message>
    <message>
        <source>%1: merge %2 needs the token %3, which the vocabulary does not have.</source>
        <translation>%1：合并规则 %2 需要词元 %3，而词表中没有它。</translation>
    </message>
    <message>
        <source>%1: the precompiled_charsmap is damaged: its length does not fit.</source>
        <translation>%1：precompiled_charsmap 已损坏：长度不符。</translation>
    </message>
    <message>
        <source>this is nested too deep.</source>
        <translation>嵌套过深。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is missing.</source>
        <translation>缺少“%1”。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a text.</source>
        <translation>“%1”必须是文本。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be true or false.</source>
        <translation>“%1”必须是 true 或 false。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a whole number.</source>
        <translation>“%1”必须是整数。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be an object.</source>
        <translation>“%1”必须是对象。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a list.</source>
        <translation>“%1”必须是列表。</translation>
    </message>
    <message>
        <source>%1 is no JSON object.</source>
        <translation>%1 不是 JSON 对象。</translation>
    </message>
    <message>
        <source>the normalizer &quot;%1&quot; is not known.</source>
        <translation>归一化器（normalizer）“%1”未知。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be a token and its id.</source>
        <translation>“%1”必须是词元及其 id。</translation>
    </message>
    <message>
        <source>the template uses %1, which is not among the special_tokens.</source>
        <translation>模板使用了 %1，它不在 special_tokens 中。</translation>
    </message>
    <message>
        <source>an id must be a whole number.</source>
        <translation>id 必须是整数。</translation>
    </message>
    <message>
        <source>a sequence is A or B, not %1.</source>
        <translation>序列应为 A 或 B，而不是 %1。</translation>
    </message>
    <message>
        <source>a single text has no sequence B.</source>
        <translation>单个文本没有序列 B。</translation>
    </message>
    <message>
        <source>the post_processor &quot;%1&quot; is not known.</source>
        <translation>post_processor“%1”未知。</translation>
    </message>
    <message>
        <source>&quot;replacement&quot; must be one character.</source>
        <translation>&quot;replacement&quot; 必须是一个字符。</translation>
    </message>
    <message>
        <source>&quot;prepend_scheme&quot; is always, first or never.</source>
        <translation>&quot;prepend_scheme&quot; 应为 always、first 或 never。</translation>
    </message>
    <message>
        <source>the pre_tokenizer &quot;%1&quot; is not known.</source>
        <translation>pre_tokenizer“%1”未知。</translation>
    </message>
    <message>
        <source>%1: the model has no token %2, which the tokenizer uses.</source>
        <translation>%1：模型没有分词器所用的词元 %2。</translation>
    </message>
    <message>
        <source>%1 is no SentencePiece model that can be read: %2.</source>
        <translation>%1 不是可读取的 SentencePiece 模型：%2。</translation>
    </message>
    <message>
        <source>token %1 is damaged</source>
        <translation>词元 %1 已损坏</translation>
    </message>
    <message>
        <source>it is cut off or damaged</source>
        <translation>它被截断或已损坏</translation>
    </message>
    <message>
        <source>it holds no tokens</source>
        <translation>其中没有词元</translation>
    </message>
    <message>
        <source>the expression %1 cannot be read: %2.</source>
        <translation>无法读取表达式 %1：%2。</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s expression %1 takes too many steps on this text.</source>
        <translation>分词器的表达式 %1 在此文本上步数过多。</translation>
    </message>
    <message>
        <source>the behavior &quot;%1&quot; is not known.</source>
        <translation>behavior“%1”未知。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; must be one character.</source>
        <translation>“%1”必须是一个字符。</translation>
    </message>
    <message>
        <source>the decoder &quot;%1&quot; is not known.</source>
        <translation>解码器“%1”未知。</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; is no pair of tokens.</source>
        <translation>%1：“%2”不是词元对。</translation>
    </message>
    <message>
        <source>%1: the tokenizer %2 needs vocab.json with merges.txt, or tokenizer.json.</source>
        <translation>%1：分词器 %2 需要 vocab.json 和 merges.txt，或 tokenizer.json。</translation>
    </message>
    <message>
        <source>a merge is no pair of tokens.</source>
        <translation>有一条合并规则不是词元对。</translation>
    </message>
    <message>
        <source>The text holds a character that is not in the tokenizer&apos;s vocabulary, and it has no token for unknown ones.</source>
        <translation>文本中有字符不在分词器的词表中，而分词器没有未知词元。</translation>
    </message>
    <message>
        <source>%1: unk_id %2 is none of the %3 tokens.</source>
        <translation>%1：unk_id %2 不在 %3 个词元之中。</translation>
    </message>
    <message>
        <source>an entry is no pair of a token and its score.</source>
        <translation>有一项不是词元与其得分的组合。</translation>
    </message>
    <message>
        <source>the model &quot;%1&quot; is not known; this version reads BPE, WordPiece, Unigram and WordLevel.</source>
        <translation>模型“%1”未知；此版本可读取 BPE、WordPiece、Unigram 和 WordLevel。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在生成文本</translation>
    </message>
    <message>
        <source>beams: there are not enough ids in the vocabulary for so many; use fewer.</source>
        <translation>beams：词表中的 id 不足以支持这么多；请减少。</translation>
    </message>
    <message>
        <source>This model does not say which id a text starts with; generation_config.json should.</source>
        <translation>此模型没有说明文本以哪个 id 开头；generation_config.json 中应给出。</translation>
    </message>
    <message>
        <source>The id %1 that the text starts with is outside the vocabulary of %2.</source>
        <translation>文本开头的 id %1 超出词表大小 %2。</translation>
    </message>
    <message>
        <source>The start has %1 tokens and the whole text may have %2: nothing can be written. Shorten the prompt or raise the length.</source>
        <translation>开头有 %1 个词元，而全文最多 %2 个：无法生成内容。请缩短开头或增大长度。</translation>
    </message>
    <message>
        <source>A text is written for one sample at a time.</source>
        <translation>一次只能为一个样本生成文本。</translation>
    </message>
    <message>
        <source>beams: this must be at least 1.</source>
        <translation>beams：必须至少为 1。</translation>
    </message>
    <message>
        <source>The decoder gave numbers that are not finite; the checkpoint&apos;s weights are damaged.</source>
        <translation>解码器给出了非有限数；检查点的权重已损坏。</translation>
    </message>
    <message>
        <source>The rules of the tokenizer make more than %1 characters of a text of %2; the tokenizer is damaged, or meant to fill the memory.</source>
        <translation>分词器的规则会把 %2 个字符的文本变成超过 %1 个字符；分词器已损坏，或意在占满内存。</translation>
    </message>
    <message>
        <source>it is of another kind than unigram or byte pairs; a tokenizer.json beside it would do</source>
        <translation>它既不是 unigram 也不是字节对类型；在旁边放一个 tokenizer.json 即可</translation>
    </message>
</context>
<context>
    <name>representation</name>
    <message>
        <source>No unit is left to count: %1 texts hold none that is in %2 of them; lower min_df, or give texts with words.</source>
        <translation>没有可计数的单元：%1 个文本中没有任何单元出现在其中 %2 个里；请降低 min_df，或给出含词的文本。</translation>
    </message>
    <message>
        <source>The fitted vocabulary does not belong to these options; fit it anew.</source>
        <translation>已拟合的词表与这些选项不符；请重新拟合。</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>counting</source>
        <translation>正在计数</translation>
    </message>
    <message>
        <source>There is no sample to represent; give texts.</source>
        <translation>没有可表示的样本；请给出文本。</translation>
    </message>
    <message>
        <source>%1 has no text; choose samples that have one.</source>
        <translation>%1 没有文本；请选择有文本的样本。</translation>
    </message>
    <message>
        <source>A table of %1 texts and %2 units does not fit; raise min_df, lower max_units, or use buckets.</source>
        <translation>%1 个文本、%2 个单元的表超出内存；请提高 min_df、降低 max_units，或使用 buckets。</translation>
    </message>
    <message>
        <source>%1 has no video; choose samples that have one.</source>
        <translation>%1 没有视频；请选有视频的样本。</translation>
    </message>
    <message>
        <source>%1 has no picture; choose samples that have one.</source>
        <translation>%1 没有图像；请选有图像的样本。</translation>
    </message>
    <message>
        <source>%1 has no sound; choose samples that have one.</source>
        <translation>%1 没有声音；请选有声音的样本。</translation>
    </message>
    <message>
        <source>reading sounds</source>
        <translation>正在读取声音</translation>
    </message>
    <message>
        <source>reading videos</source>
        <translation>正在读取视频</translation>
    </message>
    <message>
        <source>MFCC</source>
        <translation>MFCC</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be coordinated; choose image, text or audio.</source>
        <translation>“%1”不能协同；请选 image、text 或 audio。</translation>
    </message>
    <message>
        <source>There is no sample to represent; give some.</source>
        <translation>没有可表示的样本；请给出一些。</translation>
    </message>
    <message>
        <source>reading samples</source>
        <translation>正在读取样本</translation>
    </message>
    <message>
        <source>%1 has none of the modalities that it is to be represented from; choose other samples, or another side.</source>
        <translation>%1 不含用来表示它的任何模态；请选别的样本，或另一侧。</translation>
    </message>
    <message>
        <source>right partner</source>
        <translation>正确伙伴</translation>
    </message>
    <message>
        <source>right partner − margin</source>
        <translation>正确伙伴 − 间隔</translation>
    </message>
    <message>
        <source>hardest wrong: %1</source>
        <translation>最难的错误伙伴：%1</translation>
    </message>
    <message>
        <source>x and y are both &quot;%1&quot;; choose two modalities.</source>
        <translation>x 和 y 都是“%1”；请选两个模态。</translation>
    </message>
    <message>
        <source>Only %1 samples have both %2 and %3; add some, or choose other modalities.</source>
        <translation>只有 %1 个样本同时含有 %2 和 %3；请添加一些，或选别的模态。</translation>
    </message>
    <message>
        <source>canonical correlations</source>
        <translation>典型相关</translation>
    </message>
    <message>
        <source>One of the modalities does not vary among the training samples; choose others.</source>
        <translation>其中一个模态在训练样本中没有变化；请选别的。</translation>
    </message>
    <message>
        <source>Without a ridge the correlations are not to be trusted: of %1 and %2 features only %3 and %4 directions vary among %5 training samples.</source>
        <translation>没有岭时这些相关不可信：%1 个和 %2 个特征中，在 %5 个训练样本上只有 %3 个和 %4 个方向有变化。</translation>
    </message>
    <message>
        <source>log Z</source>
        <translation>log Z</translation>
    </message>
    <message>
        <source>all layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>The weights of the machine grow without end in epoch %1; try a smaller rate.</source>
        <translation>机器的权重在第 %1 轮无限增长；请试较小的学习率。</translation>
    </message>
    <message>
        <source>%1, layer %2</source>
        <translation>%1，第 %2 层</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>联合</translation>
    </message>
    <message>
        <source>training judges</source>
        <translation>正在训练评判器</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>No training sample has the modality &quot;%1&quot;; add some, or change modalities.</source>
        <translation>没有训练样本含有模态“%1”；请添加一些，或改变 modalities。</translation>
    </message>
    <message>
        <source>What was trained does not say how &quot;%1&quot; is read; train it again.</source>
        <translation>训练结果没有说明怎样读取“%1”；请重新训练。</translation>
    </message>
    <message>
        <source>hidden: &quot;%1&quot; is no width from 1 to 8192; write it like &quot;256,128&quot;.</source>
        <translation>hidden：“%1”不是 1 到 8192 的宽度；写成“256,128”这样。</translation>
    </message>
    <message>
        <source>hidden: one layer is needed at least; write it like &quot;256,128&quot;.</source>
        <translation>hidden：至少需要一层；写成“256,128”这样。</translation>
    </message>
    <message>
        <source>weights: &quot;%1&quot; is no weight of a modality; write them like &quot;label=10, image=1&quot;.</source>
        <translation>weights：“%1”不是模态的权重；写成“label=10, image=1”这样。</translation>
    </message>
    <message>
        <source>No labelled sample brings the modality &quot;%1&quot; to be paired; add some, or change modalities.</source>
        <translation>没有带标签的样本含有要配对的模态“%1”；请添加一些，或改变 modalities。</translation>
    </message>
    <message>
        <source>No two samples of different modalities share a label; pairs cannot be made.</source>
        <translation>没有两个不同模态的样本共有一个标签；无法配对。</translation>
    </message>
    <message>
        <source>modalities: &quot;%1&quot; is none; there are %2.</source>
        <translation>modalities：“%1”不是模态；可用的有 %2。</translation>
    </message>
    <message>
        <source>modalities: &quot;%1&quot; is named twice.</source>
        <translation>modalities：“%1”写了两次。</translation>
    </message>
    <message>
        <source>modalities: a joint representation needs two at least, as &quot;image,label&quot;.</source>
        <translation>modalities：联合表示至少需要两个，如“image,label”。</translation>
    </message>
    <message>
        <source>left half</source>
        <translation>左半</translation>
    </message>
    <message>
        <source>right half</source>
        <translation>右半</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>prior</source>
        <translation>先验</translation>
    </message>
    <message>
        <source>product</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>product of %1</source>
        <translation>%1 的乘积</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>由 %1</translation>
    </message>
    <message>
        <source>What was trained does not say how its modalities are scaled; train it again.</source>
        <translation>训练结果没有说明各模态如何缩放；请重新训练。</translation>
    </message>
    <message>
        <source>hidden: &quot;%1&quot; is no number of units; give 1 to 8192 a layer, as &quot;256,128&quot;.</source>
        <translation>hidden：“%1”不是单元数；每层给 1 到 8192，如“256,128”。</translation>
    </message>
    <message>
        <source>hidden: give one to five layers, as &quot;256,128&quot;.</source>
        <translation>hidden：给一到五层，如“256,128”。</translation>
    </message>
    <message>
        <source>%1 has none of the modalities that it is to be represented from; choose other samples, or change &quot;from&quot;.</source>
        <translation>%1 不含用来表示它的任何模态；请选别的样本，或改变“from”。</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>filling in</source>
        <translation>正在填补</translation>
    </message>
    <message>
        <source>unit %1</source>
        <translation>单元 %1</translation>
    </message>
    <message>
        <source>sweep %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>filling in %1</source>
        <translation>正在填补 %1</translation>
    </message>
    <message>
        <source>training</source>
        <translation>正在训练</translation>
    </message>
    <message>
        <source>raising the activation</source>
        <translation>正在提高激活</translation>
    </message>
    <message>
        <source>side: a map of %1 × %1 is smaller than the window of %2 × %2 that reads it; take a larger side, or the stem for small pictures.</source>
        <translation>side：%1 × %1 的图小于读取它的 %2 × %2 窗口；请用更大的边长，或小图像用的首层。</translation>
    </message>
    <message>
        <source>head: block %1 has the heads 0 to %2.</source>
        <translation>head：第 %1 块有第 0 至 %2 个头。</translation>
    </message>
    <message>
        <source>class: there is no &quot;%1&quot;; there are %2.</source>
        <translation>class：没有“%1”；可用的有 %2。</translation>
    </message>
    <message>
        <source>No training sample has a label; label some.</source>
        <translation>没有训练样本带标签；请给一些样本加标签。</translation>
    </message>
    <message>
        <source>layer: this net has no &quot;%1&quot;; it has %2.</source>
        <translation>layer：该网络没有“%1”；它有 %2。</translation>
    </message>
    <message>
        <source>looking at pictures</source>
        <translation>正在看图像</translation>
    </message>
    <message>
        <source>unit: layer %1 has the maps 0 to %2.</source>
        <translation>unit：层 %1 有第 0 至 %2 张图。</translation>
    </message>
    <message>
        <source>What was trained does not say how pictures are read; train it again.</source>
        <translation>训练结果没有说明怎样读取图像；请重新训练。</translation>
    </message>
    <message>
        <source>%1 does not read pictures as a square of pixels, so its steps cannot be shown; leave steps out.</source>
        <translation>%1 不把图像读作像素方块，所以无法显示步骤；请去掉 steps。</translation>
    </message>
    <message>
        <source>layer: this model has the layers 0 to %1; 0 is before the first one.</source>
        <translation>layer：该模型有第 0 至 %1 层；0 是第一层之前。</translation>
    </message>
    <message>
        <source>class: the model knows no &quot;%1&quot;.</source>
        <translation>class：模型不认识“%1”。</translation>
    </message>
    <message>
        <source>maximise: %1 has no classifier; choose a unit.</source>
        <translation>maximise：%1 没有分类器；请选一个单元。</translation>
    </message>
    <message>
        <source>patch: a side of %1 pixels cannot be cut into patches of %2; take a divisor of the side.</source>
        <translation>patch：%1 像素的边长不能切成 %2 的图块；请用边长的因数。</translation>
    </message>
    <message>
        <source>heads: %1 numbers a token cannot be shared by %2 heads; take a divisor, or another width.</source>
        <translation>heads：每个 token 的 %1 个数不能由 %2 个头平分；请用因数，或改变宽度。</translation>
    </message>
    <message>
        <source>hold_out_column: no sample has a column &quot;%1&quot;; name one that they have.</source>
        <translation>hold_out_column：没有样本含有列“%1”；请写样本有的列。</translation>
    </message>
    <message>
        <source>hold_out: no sample has &quot;%1&quot; in the column &quot;%2&quot;; there are: %3.</source>
        <translation>hold_out：列“%2”中没有样本为“%1”；有这些：%3。</translation>
    </message>
    <message>
        <source>No samples were given; choose samples that have a sound.</source>
        <translation>没有给出样本；请选有声音的样本。</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>%1 of %2 mel bands are narrower than the distance of two FFT bins and stay silent; take fewer mels or a larger n_fft.</source>
        <translation>%2 个梅尔频带中有 %1 个比两个 FFT 频点的间隔还窄，始终沉默；请减少梅尔频带或加大 n_fft。</translation>
    </message>
    <message>
        <source>applying</source>
        <translation>正在应用</translation>
    </message>
    <message>
        <source>No sample of the train side has a label; label the samples.</source>
        <translation>训练一侧没有带标签的样本；请给样本加标签。</translation>
    </message>
    <message>
        <source>opening the model</source>
        <translation>正在打开模型</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>正在编码</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>attention_layer, head: the model has %1 layers with %2 heads each; choose one of them.</source>
        <translation>attention_layer、head：模型有 %1 层，每层 %2 个头；请选其中之一。</translation>
    </message>
    <message>
        <source>mean of %1 heads</source>
        <translation>%1 个头的平均</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>layer: the model has layers 0 to %1; choose one of them, or -1 for the last.</source>
        <translation>layer：模型有第 0 至 %1 层；请选其一，或用 -1 表示最后一层。</translation>
    </message>
    <message>
        <source>layer: the pooler reads the last layer alone, %1; choose it, or another pooling.</source>
        <translation>layer：池化层只读最后一层 %1；请选它，或换一种 pooling。</translation>
    </message>
    <message>
        <source>The texts of %1 samples hold %2 different words, and two are needed at least; give more texts, or choose another language than &quot;%3&quot;.</source>
        <translation>%1 个样本的文本含有 %2 个不同的词，至少需要两个；请给更多文本，或选“%3”以外的语言。</translation>
    </message>
    <message>
        <source>No temporary folder can be made: %1.</source>
        <translation>无法建立临时文件夹：%1。</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2; choose another folder.</source>
        <translation>%1 无法写入：%2；请选另一个文件夹。</translation>
    </message>
    <message>
        <source>heads: %1 heads cannot share a width of %2 evenly; choose a divisor of it.</source>
        <translation>heads：%1 个头不能平分宽度 %2；请选它的因数。</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made; choose another one.</source>
        <translation>%1：无法建立该文件夹；请选另一个。</translation>
    </message>
    <message>
        <source>What was kept lacks its configuration or vocabulary; train it again.</source>
        <translation>已保留的内容缺少配置或词表；请重新训练。</translation>
    </message>
    <message>
        <source>The texts of %1 samples hold %2 words that are frequent enough, and two are needed at least; give more texts, lower min_count, or choose another language than &quot;%3&quot;.</source>
        <translation>%1 个样本的文本含有 %2 个足够常见的词，至少需要两个；请给更多文本，降低 min_count，或选“%3”以外的语言。</translation>
    </message>
    <message>
        <source>The loss is no longer a number after %1 epochs; try a smaller rate.</source>
        <translation>%1 轮之后损失不再是数字；请试较小的学习率。</translation>
    </message>
    <message>
        <source>What was kept does not fit together: its table does not have a row for each of its %1 words; train it again.</source>
        <translation>已保留的内容前后不符：它的表没有与 %1 个词一一对应的行；请重新训练。</translation>
    </message>
    <message>
        <source>What was kept does not fit together: %1 words, but %2 counts; train it again.</source>
        <translation>已保留的内容前后不符：%1 个词，却有 %2 个计数；请重新训练。</translation>
    </message>
    <message>
        <source>reading texts</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>%1: nothing is seen in this picture that could be moved; leave it out.</source>
        <translation>%1：这张图像里看不到可以移动的东西；请去掉它。</translation>
    </message>
    <message>
        <source>motions: &quot;%1&quot; is no motion; there are %2.</source>
        <translation>motions：“%1”不是运动；可用的有 %2。</translation>
    </message>
    <message>
        <source>motions: &quot;%1&quot; is named twice.</source>
        <translation>motions：“%1”写了两次。</translation>
    </message>
    <message>
        <source>motions: two at least are needed to tell apart, as in &quot;left,right&quot;.</source>
        <translation>motions：至少需要两个才能区分，如“left,right”。</translation>
    </message>
    <message>
        <source>There is no picture that could move; choose samples that have one.</source>
        <translation>没有可以移动的图像；请选有图像的样本。</translation>
    </message>
    <message>
        <source>out: name the folder that the clips are written into.</source>
        <translation>out：请写出片段要写入的文件夹。</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made; may you write there?</source>
        <translation>%1：无法建立该文件夹；您有写入权限吗？</translation>
    </message>
    <message>
        <source>%1: there is something in this folder already; name a new one.</source>
        <translation>%1：这个文件夹里已有内容；请给一个新的。</translation>
    </message>
    <message>
        <source>making clips</source>
        <translation>正在制作片段</translation>
    </message>
    <message>
        <source>No training clip has a label; label some.</source>
        <translation>没有训练片段带标签；请给一些加标签。</translation>
    </message>
    <message>
        <source>looking at clips</source>
        <translation>正在看片段</translation>
    </message>
    <message>
        <source>reading pictures</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>from: &quot;%1&quot; is no modality that was trained.</source>
        <translation>from：“%1”不是训练过的模态。</translation>
    </message>
    <message>
        <source>pooling: this model has no pooler, which next-sentence prediction trains; choose mean or cls.</source>
        <translation>pooling：该模型没有池化层（由下一句预测训练）；请选 mean 或 cls。</translation>
    </message>
</context>
<context>
    <name>triptych::AlignmentView</name>
    <message>
        <source>%1 · %2 · N = %3 · model %4</source>
        <translation>%1 · %2 · N = %3 · 模型 %4</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Pair of modalities</source>
        <translation>模态对</translation>
    </message>
    <message>
        <source>Samples to measure over</source>
        <translation>参与测量的样本</translation>
    </message>
    <message>
        <source>&amp;Pair</source>
        <translation>模态对(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Over</source>
        <translation>范围(&amp;O)</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>检索</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Zero-shot</source>
        <translation>零样本</translation>
    </message>
    <message>
        <source>Nothing is open yet. Drop pictures, sounds and texts, or open the sample workspace.</source>
        <translation>尚未打开任何内容。请拖入图像、声音和文本，或打开示例工作区。</translation>
    </message>
    <message>
        <source>Embedding the samples… the numbers follow.</source>
        <translation>正在计算样本的嵌入……数值随后出现。</translation>
    </message>
    <message>
        <source>An alignment needs embeddings of two modalities, such as pictures and their texts. Add samples that have both; Analyse ▸ Embed every sample starts the rest.</source>
        <translation>对齐需要两种模态的嵌入，例如图像及其文本。请添加同时具有两者的样本；“分析 ▸ 计算所有样本的嵌入”可启动其余部分。</translation>
    </message>
    <message>
        <source>Select at least two samples that have both modalities: drag a lasso on the map, or Ctrl+click in the library.</source>
        <translation>请至少选择两个同时具有两种模态的样本：在映射图上用套索拖选，或在样本库中按住 Ctrl 单击。</translation>
    </message>
    <message>
        <source>Fewer than two samples here have both modalities. Choose another pair or other samples above.</source>
        <translation>这里同时具有两种模态的样本不足两个。请在上方选择另一对模态或其他样本。</translation>
    </message>
    <message>
        <source>%1 pairs are more than this view measures at once (%2). Choose fewer samples above; the command line has no limit.</source>
        <translation>%1 对超过了此视图一次能测量的数量（%2）。请在上方减少样本；命令行没有此限制。</translation>
    </message>
    <message>
        <source>Similarity matrix</source>
        <translation>相似度矩阵</translation>
    </message>
    <message>
        <source>Alignment scores</source>
        <translation>对齐得分</translation>
    </message>
    <message>
        <source>The similarity matrix does not fit the samples. Choose the samples again.</source>
        <translation>相似度矩阵与样本不符。请重新选择样本。</translation>
    </message>
    <message>
        <source>N = %1 pairs</source>
        <translation>N = %1 对</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionCanvas</name>
    <message>
        <source>Attention over the picture</source>
        <translation>图像上的注意力</translation>
    </message>
    <message>
        <source>Attention over the spectrogram</source>
        <translation>声谱图上的注意力</translation>
    </message>
    <message>
        <source>Attention over the text</source>
        <translation>文本上的注意力</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionPane</name>
    <message>
        <source>towards</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Target of the explanation</source>
        <translation>解释的目标</translation>
    </message>
    <message>
        <source>Text to explain the similarity to</source>
        <translation>要解释与之相似度的文本</translation>
    </message>
    <message>
        <source>a text of your own</source>
        <translation>自定义文本</translation>
    </message>
    <message>
        <source>The map of this sample cannot be read. Choose another method or sample.</source>
        <translation>无法读取此样本的图。请选择其他方法或样本。</translation>
    </message>
    <message>
        <source>Attention of a head</source>
        <translation>单个头的注意力</translation>
    </message>
    <message>
        <source>its %1</source>
        <translation>其%1</translation>
    </message>
    <message>
        <source>a text of mine</source>
        <translation>我的文本</translation>
    </message>
    <message>
        <source>attention probability</source>
        <translation>注意力概率</translation>
    </message>
    <message>
        <source>How much of the query&apos;s attention goes to each cell in this head; %1 % goes to special positions. It shows where the head looks, not what decides the embedding.</source>
        <translation>此头中查询的注意力有多少落在各单元格上；%1 % 落在特殊位置。它显示头在看哪里，而不是什么决定了嵌入。</translation>
    </message>
    <message>
        <source>Type a text above: the map then shows which parts speak for it.</source>
        <translation>请在上方输入文本：图中随后显示哪些部分支持它。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>relevance</source>
        <translation>相关性</translation>
    </message>
    <message>
        <source>share of the rollout</source>
        <translation>注意力展开中的占比</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>layer %1, mean over heads</source>
        <translation>第 %1 层，各头平均</translation>
    </message>
    <message>
        <source>layer %1, head %2</source>
        <translation>第 %1 层，第 %2 头</translation>
    </message>
    <message>
        <source>query: position %1</source>
        <translation>查询：位置 %1</translation>
    </message>
    <message>
        <source>towards “%1”</source>
        <translation>朝向“%1”</translation>
    </message>
    <message>
        <source>towards %1</source>
        <translation>朝向%1</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>得分 %1</translation>
    </message>
    <message>
        <source>model %1 %2</source>
        <translation>模型 %1 %2</translation>
    </message>
    <message>
        <source>frame %1</source>
        <translation>第 %1 帧</translation>
    </message>
    <message>
        <source>Class: %1.</source>
        <translation>类别：%1。</translation>
    </message>
    <message>
        <source>the likeliest class</source>
        <translation>最可能的类别</translation>
    </message>
    <message>
        <source>the embedding&apos;s length</source>
        <translation>嵌入的长度</translation>
    </message>
    <message>
        <source>last stage</source>
        <translation>最后阶段</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionView</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>A second panel with a method of its own</source>
        <translation>第二个面板，可使用另一种方法</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Select a sample to see where the model looks in it: click a thumbnail in the library or a point on the map, or drop a picture, a sound or a text anywhere.</source>
        <translation>选择一个样本，查看模型在其中看向哪里：单击样本库中的缩略图或映射图上的点，或将图像、声音或文本拖到任意位置。</translation>
    </message>
    <message>
        <source>No model is open. Drop a model folder here, or open one in the Models panel.</source>
        <translation>没有打开的模型。请将模型文件夹拖到这里，或在“模型”面板中打开一个。</translation>
    </message>
    <message>
        <source>%1 has no tower for this modality (%2). Choose another modality above, or another model.</source>
        <translation>%1 没有此模态（%2）的编码塔。请在上方选择其他模态，或换一个模型。</translation>
    </message>
    <message>
        <source>The file of this sample is missing. Locate its folder in the Inspector.</source>
        <translation>此样本的文件缺失。请在检查器中定位其文件夹。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>The attention maps of this sample cannot be read. Choose another sample, or the model anew.</source>
        <translation>无法读取此样本的注意力图。请选择其他样本，或重新选择模型。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>The engine is starting…</source>
        <translation>引擎正在启动……</translation>
    </message>
    <message>
        <source>Seen from token %1</source>
        <translation>从词元 %1 看</translation>
    </message>
    <message>
        <source>Seen from row %1, column %2</source>
        <translation>从第 %1 行、第 %2 列看</translation>
    </message>
    <message>
        <source>Attention, frame %1</source>
        <translation>注意力，第 %1 帧</translation>
    </message>
    <message>
        <source>This sample has no picture, text, sound or video, so there is nothing a model could look at.</source>
        <translation>此样本没有图像、文本、声音或视频，因此没有可供模型查看的内容。</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionWords</name>
    <message>
        <source>Words of the model</source>
        <translation>模型生成的词</translation>
    </message>
    <message>
        <source>This sample has no picture, which is what the model reads.</source>
        <translation>此样本没有图像，而模型读取的是图像。</translation>
    </message>
    <message>
        <source>This sample has no sound, which is what the model reads.</source>
        <translation>此样本没有声音，而模型读取的是声音。</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>ask something about the picture</source>
        <translation>就图像提一个问题</translation>
    </message>
    <message>
        <source>nothing: the model begins</source>
        <translation>空：由模型开头</translation>
    </message>
    <message>
        <source>a text to compare with the picture</source>
        <translation>与图像比较的文本</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Type a text above: the model says whether it belongs to the picture, and where each word looks.</source>
        <translation>请在上方输入文本：模型会判断它是否属于此图像，并显示每个词看向哪里。</translation>
    </message>
    <message>
        <source>Type a question above: the model answers, and each word shows where it looked.</source>
        <translation>请在上方输入问题：模型会回答，每个词显示它看向了哪里。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>The engine is starting…</source>
        <translation>引擎正在启动……</translation>
    </message>
    <message>
        <source>Click a word to see where the model looked</source>
        <translation>单击一个词，查看模型看向了哪里</translation>
    </message>
    <message>
        <source>Belongs to the picture: %1 %</source>
        <translation>属于此图像：%1 %</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
</context>
<context>
    <name>triptych::ColorBar</name>
    <message>
        <source>Colour bar</source>
        <translation>颜色条</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
</context>
<context>
    <name>triptych::CommandPalette</name>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>No command has these letters</source>
        <translation>没有含这些字的命令</translation>
    </message>
</context>
<context>
    <name>triptych::CompareModelsTab</name>
    <message>
        <source>other values</source>
        <translation>值不同</translation>
    </message>
    <message>
        <source>other shape</source>
        <translation>形状不同</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>仅在此模型</translation>
    </message>
    <message>
        <source>only in the other</source>
        <translation>仅在另一模型</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>Model to compare with</source>
        <translation>用于比较的模型</translation>
    </message>
    <message>
        <source>Which tensors</source>
        <translation>哪些张量</translation>
    </message>
    <message>
        <source>All that differ</source>
        <translation>所有不同的</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>按名称筛选</translation>
    </message>
    <message>
        <source>Tensors of both models</source>
        <translation>两个模型的张量</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Shape here</source>
        <translation>此模型形状</translation>
    </message>
    <message>
        <source>Shape there</source>
        <translation>另一模型形状</translation>
    </message>
    <message>
        <source>Types</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Largest difference</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Mean difference</source>
        <translation>平均差异</translation>
    </message>
    <message>
        <source>Mean, relative</source>
        <translation>平均（相对）</translation>
    </message>
    <message>
        <source>&amp;With</source>
        <translation>对比(&amp;W)</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较……</translation>
    </message>
    <message>
        <source>Compare with %1</source>
        <translation>与 %1 比较</translation>
    </message>
    <message>
        <source>Choose a model of the list to see which tensors differ.</source>
        <translation>从列表中选择一个模型，查看哪些张量不同。</translation>
    </message>
    <message>
        <source>Open a second model (Model ▸ Open a model folder) to compare it with this one.</source>
        <translation>请打开第二个模型（模型 ▸ 打开模型文件夹），与此模型比较。</translation>
    </message>
</context>
<context>
    <name>triptych::CurveChart</name>
    <message>
        <source>epoch</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>share right</source>
        <translation>正确的份额</translation>
    </message>
    <message>
        <source>Curves of the training</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>triptych::DropOverlay</name>
    <message>
        <source>Drop to add to the workspace</source>
        <translation>松开即添加到工作区</translation>
    </message>
</context>
<context>
    <name>triptych::ExportDialog</name>
    <message>
        <source>Dark ground</source>
        <translation>深色背景</translation>
    </message>
    <message>
        <source>Command line under the figure</source>
        <translation>图下附命令行</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 矢量图</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>CSV numbers</source>
        <translation>CSV 数值</translation>
    </message>
    <message>
        <source>NPZ numbers</source>
        <translation>NPZ 数值</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> 毫米</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>What comes out</source>
        <translation>输出内容</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
</context>
<context>
    <name>triptych::FiltersTab</name>
    <message>
        <source>Layer whose filters are shown</source>
        <translation>显示哪一层的滤波器</translation>
    </message>
    <message>
        <source>Table of positions</source>
        <translation>位置表</translation>
    </message>
    <message>
        <source>Similarity of positions</source>
        <translation>位置的相似度</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Filters and positions</source>
        <translation>滤波器与位置</translation>
    </message>
    <message>
        <source>This model has no first layer that reads pixels: nothing to show as pictures.</source>
        <translation>此模型没有读取像素的首层：没有可显示为图像的内容。</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取……</translation>
    </message>
    <message>
        <source>%1 of %2 filters, each in its own range; grey is zero. Ctrl+wheel changes the size.</source>
        <translation>%2 个滤波器中的 %1 个，各用自身的范围；灰色为零。Ctrl+滚轮可改变大小。</translation>
    </message>
    <message>
        <source>This model has no table of positions.</source>
        <translation>此模型没有位置表。</translation>
    </message>
    <message>
        <source>Cosine of every position with every other; %1 positions.</source>
        <translation>每个位置与其他各位置的余弦；共 %1 个位置。</translation>
    </message>
    <message>
        <source>%1 × %2 positions: each block is one position, and shows its cosine with the whole grid.</source>
        <translation>%1 × %2 个位置：每个小块是一个位置，显示它与整个网格的余弦。</translation>
    </message>
    <message>
        <source>position (%1, %2) with (%3, %4): cosine %5</source>
        <translation>位置 (%1, %2) 与 (%3, %4)：余弦 %5</translation>
    </message>
</context>
<context>
    <name>triptych::FrameScrubber</name>
    <message>
        <source>Frames of the video</source>
        <translation>视频的帧</translation>
    </message>
    <message>
        <source>Click or drag to look at another frame; arrow keys step</source>
        <translation>单击或拖动以查看另一帧；方向键逐帧移动</translation>
    </message>
    <message>
        <source>Frame %1 of %2, %3</source>
        <translation>第 %1 帧，共 %2 帧，%3</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>triptych::FrameStrip</name>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>triptych::HeadGrid</name>
    <message>
        <source>Layers and heads</source>
        <translation>层与头</translation>
    </message>
    <message>
        <source>Layer %1, mean over heads</source>
        <translation>第 %1 层，各头平均</translation>
    </message>
    <message>
        <source>Layer %1, head %2</source>
        <translation>第 %1 层，第 %2 头</translation>
    </message>
    <message>
        <source>mean entropy %1 nats</source>
        <translation>平均熵 %1 奈特</translation>
    </message>
    <message>
        <source>mean attended distance %1 cells</source>
        <translation>平均注意距离 %1 格</translation>
    </message>
    <message>
        <source>on special positions %1 %</source>
        <translation>落在特殊位置 %1 %</translation>
    </message>
</context>
<context>
    <name>triptych::HeadNavigator</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Layers (down) × heads (across)</source>
        <translation>层（纵向）× 头（横向）</translation>
    </message>
    <message>
        <source>Look again from the position the embedding is read from</source>
        <translation>重新从读取嵌入的位置看</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>层(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Head</source>
        <translation>头(&amp;H)</translation>
    </message>
    <message>
        <source>mean entropy %1 nats</source>
        <translation>平均熵 %1 奈特</translation>
    </message>
    <message>
        <source>mean attended distance %1 cells</source>
        <translation>平均注意距离 %1 格</translation>
    </message>
    <message>
        <source>on special positions %1 %</source>
        <translation>落在特殊位置 %1 %</translation>
    </message>
</context>
<context>
    <name>triptych::HeatmapWidget</name>
    <message>
        <source>Heatmap</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>%1 rows, %2 columns; highest in row %3, column %4</source>
        <translation>%1 行，%2 列；最大值在第 %3 行、第 %4 列</translation>
    </message>
    <message>
        <source>row %1, column %2: %3</source>
        <translation>第 %1 行，第 %2 列：%3</translation>
    </message>
</context>
<context>
    <name>triptych::HistogramPlot</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>%1 … %2: %3 values</source>
        <translation>%1 … %2：%3 个值</translation>
    </message>
</context>
<context>
    <name>triptych::InspectorPanel</name>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>unseen</source>
        <translation>未见过</translation>
    </message>
    <message>
        <source>The model was not trained on this sample or its group.</source>
        <translation>模型未用此样本或其所在组训练过。</translation>
    </message>
    <message>
        <source>seen in training</source>
        <translation>训练中见过</translation>
    </message>
    <message>
        <source>Scores over seen samples are too good to be believed.</source>
        <translation>在见过的样本上得分过好，不可信。</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>合成</translation>
    </message>
    <message>
        <source>Written in</source>
        <translation>书写语言</translation>
    </message>
    <message>
        <source>Spoken in</source>
        <translation>口语语言</translation>
    </message>
    <message>
        <source>%1 from</source>
        <translation>%1来源</translation>
    </message>
    <message>
        <source>kept in the workspace</source>
        <translation>保存在工作区中</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>cosine %1</source>
        <translation>余弦 %1</translation>
    </message>
    <message>
        <source>Cosine of this sample&apos;s own two embeddings: 1 = the same direction, 0 = unrelated.</source>
        <translation>此样本自身两个嵌入的余弦：1 = 方向相同，0 = 无关。</translation>
    </message>
    <message>
        <source>The file of its %1 is missing: %2</source>
        <translation>其%1的文件缺失：%2</translation>
    </message>
    <message>
        <source>Locate folder…</source>
        <translation>定位文件夹……</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>&amp;Label</source>
        <translation>标签(&amp;L)</translation>
    </message>
    <message>
        <source>Select a sample to see, hear and read it here.</source>
        <translation>选择一个样本，在此查看、聆听和阅读。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>%1 s at %2 Hz</source>
        <translation>%1 秒，%2 Hz</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>%1 s at %2 frames per second</source>
        <translation>%1 秒，每秒 %2 帧</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>单词</translation>
    </message>
    <message>
        <source>Locate the folder of the missing files</source>
        <translation>定位缺失文件所在的文件夹</translation>
    </message>
</context>
<context>
    <name>triptych::JobsPanel</name>
    <message>
        <source>%1 s left</source>
        <translation>剩余 %1 秒</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>剩余 %1 分钟</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Nothing runs in the background.</source>
        <translation>后台没有任务在运行。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消 %1</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform>，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>继续 %1</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>暂停 %1</translation>
    </message>
</context>
<context>
    <name>triptych::LessonPage</name>
    <message>
        <source>Page of the lesson</source>
        <translation>课程页面</translation>
    </message>
</context>
<context>
    <name>triptych::LessonStage</name>
    <message>
        <source>Step back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 之 %1</translation>
    </message>
</context>
<context>
    <name>triptych::LessonsView</name>
    <message>
        <source>Previous</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>逐步</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Opens the view that this page speaks of, set up on the open workspace</source>
        <translation>在打开的工作区上设置并打开这一页所讲的视图</translation>
    </message>
    <message>
        <source>One forward pass below the page, a step at a time</source>
        <translation>在页面下方逐步显示一次前向计算</translation>
    </message>
    <message>
        <source>Smaller letters</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Larger letters, for a room</source>
        <translation>放大文字，供讲课使用</translation>
    </message>
</context>
<context>
    <name>triptych::LibraryModel</name>
    <message>
        <source>unseen</source>
        <translation>未见过</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>triptych::LibraryPanel</name>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Filter by words</source>
        <translation>按词筛选</translation>
    </message>
    <message>
        <source>Every modality</source>
        <translation>所有模态</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Seen and unseen</source>
        <translation>见过和未见过</translation>
    </message>
    <message>
        <source>Seen (train)</source>
        <translation>见过（训练）</translation>
    </message>
    <message>
        <source>Unseen (test)</source>
        <translation>未见过（测试）</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Set label…</source>
        <translation>设置标签……</translation>
    </message>
    <message>
        <source>Set label</source>
        <translation>设置标签</translation>
    </message>
    <message numerus="yes">
        <source>Label of %n sample(s)</source>
        <translation>
            <numerusform>%n 个样本的标签</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from workspace</source>
        <translation>从工作区移除</translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s)</source>
        <translation>
            <numerusform>%n 个样本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n sample(s)</source>
        <translation>
            <numerusform>%n 个样本中的 %1 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::LogPanel</name>
    <message>
        <source>Files that cannot be read and work that fails are named here.</source>
        <translation>无法读取的文件和失败的任务会列在这里。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>triptych::MainWindow</name>
    <message>
        <source>Library</source>
        <translation>样本库</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>已选 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>engine is loading</source>
        <translation>引擎正在加载</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n thread(s) · %2</source>
        <translation>
            <numerusform>%1 · %n 个线程 · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 — Triptych</source>
        <translation>%1 — Triptych</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图像</translation>
    </message>
    <message>
        <source>Nothing to add: what was dropped is no file, picture or text.</source>
        <translation>没有可添加的内容：拖入的既不是文件，也不是图像或文本。</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Reset layout</source>
        <translation>重置布局</translation>
    </message>
    <message>
        <source>Puts every panel and view where it was at first</source>
        <translation>将所有面板和视图恢复到最初位置</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Fills the screen, or goes back</source>
        <translation>占满屏幕，或恢复</translation>
    </message>
    <message>
        <source>Search commands  (Ctrl+Shift+P)</source>
        <translation>搜索命令  (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Starts an empty workspace</source>
        <translation>建立一个空工作区</translation>
    </message>
    <message>
        <source>Open workspace…</source>
        <translation>打开工作区……</translation>
    </message>
    <message>
        <source>Opens a .triptych file</source>
        <translation>打开 .triptych 文件</translation>
    </message>
    <message>
        <source>Open workspace</source>
        <translation>打开工作区</translation>
    </message>
    <message>
        <source>Workspaces (*.triptych)</source>
        <translation>工作区 (*.triptych)</translation>
    </message>
    <message>
        <source>Open the sample workspace</source>
        <translation>打开示例工作区</translation>
    </message>
    <message>
        <source>Pictures, captions and spoken captions</source>
        <translation>图像、描述和口语描述</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近使用的</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Save workspace as…</source>
        <translation>工作区另存为……</translation>
    </message>
    <message>
        <source>Changes are saved as they are made; this writes a copy and goes on in it</source>
        <translation>更改会随时保存；此命令写出一份副本并在副本中继续</translation>
    </message>
    <message>
        <source>Save workspace as</source>
        <translation>工作区另存为</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件……</translation>
    </message>
    <message>
        <source>Pictures, sounds, videos, texts, embeddings</source>
        <translation>图像、声音、视频、文本、嵌入</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹……</translation>
    </message>
    <message>
        <source>A data set or a model</source>
        <translation>数据集或模型</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Export figure…</source>
        <translation>导出图……</translation>
    </message>
    <message>
        <source>PNG, SVG, PDF, CSV or NPZ of the view</source>
        <translation>视图的 PNG、SVG、PDF、CSV 或 NPZ</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Adds a picture, files or a text from the clipboard</source>
        <translation>从剪贴板添加图像、文件或文本</translation>
    </message>
    <message>
        <source>Copy picture of the view</source>
        <translation>复制视图的图像</translation>
    </message>
    <message>
        <source>Copy numbers of the view</source>
        <translation>复制视图的数值</translation>
    </message>
    <message>
        <source>Copy command line of the view</source>
        <translation>复制视图的命令行</translation>
    </message>
    <message>
        <source>The command that makes these numbers again</source>
        <translation>可重新得到这些数值的命令</translation>
    </message>
    <message>
        <source>Remove selected samples</source>
        <translation>移除所选样本</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Find sample</source>
        <translation>查找样本</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Set beside</source>
        <translation>并排放置</translation>
    </message>
    <message>
        <source>All views as tabs</source>
        <translation>所有视图作为标签页</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>打开模型文件夹……</translation>
    </message>
    <message>
        <source>A Hugging Face style folder</source>
        <translation>Hugging Face 格式的文件夹</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Close this model</source>
        <translation>关闭此模型</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>数据(&amp;D)</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Comes with the package %1</source>
        <translation>随软件包 %1 提供</translation>
    </message>
    <message>
        <source>Find missing files…</source>
        <translation>查找缺失的文件……</translation>
    </message>
    <message>
        <source>Looks for them under a folder</source>
        <translation>在某个文件夹下查找</translation>
    </message>
    <message>
        <source>Find missing files under</source>
        <translation>在此文件夹下查找缺失的文件</translation>
    </message>
    <message>
        <source>&amp;Analyse</source>
        <translation>分析(&amp;A)</translation>
    </message>
    <message>
        <source>Embed every sample</source>
        <translation>计算所有样本的嵌入</translation>
    </message>
    <message>
        <source>With the model in use; what is embedded already is kept</source>
        <translation>使用当前模型；已有的嵌入会保留</translation>
    </message>
    <message>
        <source>Where is it on the map</source>
        <translation>它在映射图的哪里</translation>
    </message>
    <message>
        <source>Shows the selected sample on the map</source>
        <translation>在映射图上显示所选样本</translation>
    </message>
    <message>
        <source>Where does the model look</source>
        <translation>模型看向哪里</translation>
    </message>
    <message>
        <source>Attention over the selected sample</source>
        <translation>所选样本上的注意力</translation>
    </message>
    <message>
        <source>How well do the modalities agree</source>
        <translation>各模态对齐得如何</translation>
    </message>
    <message>
        <source>Similarity, retrieval, scores</source>
        <translation>相似度、检索、得分</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Help for this view</source>
        <translation>此视图的帮助</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Every key of the menus</source>
        <translation>菜单的所有快捷键</translation>
    </message>
    <message>
        <source>Copy system information</source>
        <translation>复制系统信息</translation>
    </message>
    <message>
        <source>Versions, device, threads: for a report</source>
        <translation>版本、设备、线程：用于报告问题</translation>
    </message>
    <message>
        <source>About Triptych</source>
        <translation>关于 Triptych</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Your samples</source>
        <translation>您的样本</translation>
    </message>
    <message>
        <source>Each line is one sample: a picture, its text, its sound. Click one and every view shows it; the Inspector on the right plays it. Drop files of your own anywhere in the window.</source>
        <translation>每一行是一个样本：一张图像、它的文本、它的声音。单击一个，所有视图都会显示它；右侧的检查器可以播放。把您自己的文件拖放到窗口任意处即可。</translation>
    </message>
    <message>
        <source>The map</source>
        <translation>映射图</translation>
    </message>
    <message>
        <source>Every picture, text and sound as a point, where the model puts it. Neighbours are alike. Point at one to see it, click to select it.</source>
        <translation>每张图像、每段文本、每段声音都是一个点，位置由模型决定。相邻即相似。指向一个点即可查看，单击即可选中。</translation>
    </message>
    <message>
        <source>Where the model looks</source>
        <translation>模型看哪里</translation>
    </message>
    <message>
        <source>The same sample as a heatmap. The small grid picks a layer and a head; click a cell, a word or a moment of a sound to look from there.</source>
        <translation>同一个样本的热图。小网格选择层和头；单击一个格子、一个词或声音中的一刻，就从那里看出去。</translation>
    </message>
    <message>
        <source>How well it agrees</source>
        <translation>吻合得如何</translation>
    </message>
    <message>
        <source>Which texts the model finds for a picture, how often it is right, and what chance would give.</source>
        <translation>模型为一张图像找到哪些文本、多常找对，以及随机水平是多少。</translation>
    </message>
    <message>
        <source>Every command by name</source>
        <translation>按名称找到每个命令</translation>
    </message>
    <message>
        <source>Type a few letters of what you want to do. F1 explains the view you are in, F2 lists the keys, and Help has this tour and the lessons.</source>
        <translation>输入您想做的事的几个字。F1 说明当前视图，F2 列出按键，帮助菜单里有本导览和课程。</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>下一个面板</translation>
    </message>
    <message>
        <source>Moves the keyboard to the next panel or view</source>
        <translation>把键盘焦点移到下一个面板或视图</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>上一个面板</translation>
    </message>
    <message>
        <source>Moves the keyboard to the panel or view before</source>
        <translation>把键盘焦点移到上一个面板或视图</translation>
    </message>
    <message>
        <source>Everything is saved already</source>
        <translation>一切都已保存</translation>
    </message>
    <message>
        <source>The figure, without its controls</source>
        <translation>图形本身，不含控件</translation>
    </message>
    <message>
        <source>As text with commas, for a table</source>
        <translation>以逗号分隔的文本，可用于表格</translation>
    </message>
    <message>
        <source>From the workspace; files stay where they are</source>
        <translation>从工作区移除；文件留在原处</translation>
    </message>
    <message>
        <source>Every sample of the workspace</source>
        <translation>工作区的所有样本</translation>
    </message>
    <message>
        <source>By words, in the library</source>
        <translation>在样本库中按词查找</translation>
    </message>
    <message>
        <source>Every command by a few letters of its name</source>
        <translation>输入名称的几个字即可找到每个命令</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>首选项…</translation>
    </message>
    <message>
        <source>Theme, language, font size, colours, device, threads, memory</source>
        <translation>主题、语言、字号、颜色、设备、线程、内存</translation>
    </message>
    <message>
        <source>Shows this view and moves the keyboard there</source>
        <translation>显示此视图并把键盘焦点移过去</translation>
    </message>
    <message>
        <source>Set %1 beside</source>
        <translation>并排放置%1</translation>
    </message>
    <message>
        <source>Beside the view that is shown</source>
        <translation>放在当前视图旁边</translation>
    </message>
    <message>
        <source>Tear off</source>
        <translation>拆出窗口</translation>
    </message>
    <message>
        <source>The view that is shown becomes a window of its own, or goes back</source>
        <translation>当前视图成为独立窗口，或回到原处</translation>
    </message>
    <message>
        <source>Brings closed and torn off views back</source>
        <translation>把已关闭和已拆出的视图放回</translation>
    </message>
    <message>
        <source>Layouts</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>In the whole window</source>
        <translation>整个窗口</translation>
    </message>
    <message>
        <source>What it computed stays in the workspace</source>
        <translation>它算好的结果留在工作区</translation>
    </message>
    <message>
        <source>What it shows and how to use it</source>
        <translation>它显示什么、如何使用</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>The window in five stops</source>
        <translation>五步认识窗口</translation>
    </message>
    <message>
        <source>Version, licences, device</source>
        <translation>版本、许可、设备</translation>
    </message>
    <message>
        <source>There is no view &quot;%1&quot;, which the lesson &quot;%2&quot; speaks of.</source>
        <translation>课程“%2”所讲的视图“%1”不存在。</translation>
    </message>
    <message>
        <source>The field as a tree of pages, each with something to run</source>
        <translation>以树呈现整个领域的页面，每页都可以运行</translation>
    </message>
</context>
<context>
    <name>triptych::MapBar</name>
    <message>
        <source>Show or hide this modality</source>
        <translation>显示或隐藏此模态</translation>
    </message>
    <message>
        <source>Pairs (%L1)</source>
        <translation>配对 (%L1)</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>配对</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>epoch %1 of %2 (%3 %)</source>
        <translation>第 %1 轮，共 %2 轮（%3 %）</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>正在开始……</translation>
    </message>
    <message>
        <source>paused at epoch %1 of %2</source>
        <translation>暂停于第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>Projection</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>How the embeddings are laid out in two dimensions</source>
        <translation>嵌入如何布置到二维</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Neighbours, distance, seed and the like</source>
        <translation>近邻数、距离、种子等</translation>
    </message>
    <message>
        <source>Lay the map out anew, with the samples that were placed on it</source>
        <translation>重新布置映射图，包括后来放到图上的样本</translation>
    </message>
    <message>
        <source>Search text or /regex/</source>
        <translation>搜索文本或 /正则表达式/</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Fades what does not match; Enter selects what does</source>
        <translation>淡化不匹配的；回车选择匹配的</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>Lines between the modalities of each sample</source>
        <translation>同一样本各模态之间的连线</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Drag moves the map; Shift and drag selects a box</source>
        <translation>拖动移动映射图；按住 Shift 拖动可框选</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Drag selects a box; Shift adds</source>
        <translation>拖动框选；按住 Shift 追加</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw round points to select them; Shift adds</source>
        <translation>圈住点即可选择；按住 Shift 追加</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show every point</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Pictures and video frames on their points, where there is room</source>
        <translation>在有空间的地方，把图像和视频帧画在点上</translation>
    </message>
</context>
<context>
    <name>triptych::MapCard</name>
    <message>
        <source>synthetic</source>
        <translation>合成</translation>
    </message>
    <message>
        <source>unseen in training</source>
        <translation>训练中未见过</translation>
    </message>
</context>
<context>
    <name>triptych::MapProjection</name>
    <message>
        <source>Map: new samples</source>
        <translation>映射：新样本</translation>
    </message>
    <message>
        <source>Map: quality</source>
        <translation>映射：质量</translation>
    </message>
    <message>
        <source>Map: PCA</source>
        <translation>映射：PCA</translation>
    </message>
    <message>
        <source>Map: %1</source>
        <translation>映射：%1</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
</context>
<context>
    <name>triptych::MapStyleBar</name>
    <message>
        <source>Lowest value</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Highest value</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>S&amp;mooth</source>
        <translation>平滑(&amp;M)</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>颜色映射</translation>
    </message>
    <message>
        <source>Range of the colours</source>
        <translation>颜色范围</translation>
    </message>
    <message>
        <source>each map&apos;s own</source>
        <translation>各图自身</translation>
    </message>
    <message>
        <source>shared by both</source>
        <translation>两者共用</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Interpolates between cells. The numbers stay one a cell: this only looks softer.</source>
        <translation>在单元格之间插值。数值仍是每格一个：只是看起来更柔和。</translation>
    </message>
    <message>
        <source>&amp;Opacity</source>
        <translation>不透明度(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>范围(&amp;R)</translation>
    </message>
</context>
<context>
    <name>triptych::MapView</name>
    <message numerus="yes">
        <source>%n points</source>
        <translation>
            <numerusform>%n 个点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n epochs</source>
        <translation>
            <numerusform>%n 轮</numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n placed without a new run</source>
        <translation>
            <numerusform>其中 %n 个未重新运行即放置</numerusform>
        </translation>
    </message>
    <message>
        <source>trustworthiness %1, continuity %2, kNN preservation %3 (k = %4, N = %5)</source>
        <translation>可信度 %1，连续性 %2，kNN 保持率 %3（k = %4，N = %5）</translation>
    </message>
    <message>
        <source>Trustworthiness: are neighbours on the map neighbours in the embedding space. Continuity: are neighbours there neighbours here. kNN preservation: share of the k nearest that are the same.</source>
        <translation>可信度：映射图上的近邻是否也是嵌入空间中的近邻。连续性：嵌入空间中的近邻是否也是图上的近邻。kNN 保持率：k 个近邻中相同者的占比。</translation>
    </message>
    <message>
        <source>Drop pictures, sounds, videos, texts or a folder anywhere on this window: each becomes a point here, next to what the model finds alike.</source>
        <translation>将图像、声音、视频、文本或文件夹拖到此窗口的任意位置：每个都会成为这里的一个点，与模型认为相似的相邻。</translation>
    </message>
    <message>
        <source>The engine is loading…</source>
        <translation>引擎正在加载……</translation>
    </message>
    <message>
        <source>The samples are being embedded…</source>
        <translation>正在计算样本的嵌入……</translation>
    </message>
    <message>
        <source>Nothing is embedded yet: the model and the samples share no modality, or no model is open.</source>
        <translation>尚无嵌入：模型与样本没有共同的模态，或没有打开的模型。</translation>
    </message>
    <message>
        <source>The map is being laid out…</source>
        <translation>正在布置映射图……</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>Component %1 (%2 % of the variance)</source>
        <translation>成分 %1（占方差的 %2 %）</translation>
    </message>
</context>
<context>
    <name>triptych::MatrixPlot</name>
    <message>
        <source>Matrix</source>
        <translation>矩阵</translation>
    </message>
    <message>
        <source>%1 rows, %2 columns</source>
        <translation>%1 行，%2 列</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>%1 × %2: %3</source>
        <translation>%1 × %2：%3</translation>
    </message>
</context>
<context>
    <name>triptych::MatrixTab</name>
    <message>
        <source>as in the library</source>
        <translation>按样本库顺序</translation>
    </message>
    <message>
        <source>by retrieval rank</source>
        <translation>按检索名次</translation>
    </message>
    <message>
        <source>by label</source>
        <translation>按标签</translation>
    </message>
    <message>
        <source>Order of rows and columns</source>
        <translation>行与列的顺序</translation>
    </message>
    <message>
        <source>Similarity matrix</source>
        <translation>相似度矩阵</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>&amp;Order</source>
        <translation>顺序(&amp;O)</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>Point at a cell to read it; click to select both; wheel to zoom.</source>
        <translation>指向单元格可读数；单击选择两者；滚轮缩放。</translation>
    </message>
    <message>
        <source>%1  ·  %2  ·  cosine %3</source>
        <translation>%1  ·  %2  ·  余弦 %3</translation>
    </message>
</context>
<context>
    <name>triptych::ModelView</name>
    <message>
        <source>Trust this program…</source>
        <translation>信任此程序……</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Filters and positions</source>
        <translation>滤波器与位置</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Tensors of %1</source>
        <translation>%1 的张量</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>没有打开的模型</translation>
    </message>
    <message>
        <source>Drop a model folder or a file of weights on the window.</source>
        <translation>请将模型文件夹或权重文件拖到窗口上。</translation>
    </message>
    <message>
        <source>Run a program?</source>
        <translation>要运行程序吗？</translation>
    </message>
    <message>
        <source>%1 is a TorchScript file. It is not only weights but a program: using the model runs its code on this computer, with your rights.</source>
        <translation>%1 是 TorchScript 文件。它不仅含权重，还是程序：使用此模型会以您的权限在本机运行其代码。</translation>
    </message>
    <message>
        <source>Agree only if you know who made the file. Triptych remembers the file by its content; a changed file is asked about again. Its parameters can be looked at without agreeing.</source>
        <translation>只有在知道文件由谁制作时才应同意。Triptych 按内容记住该文件；文件改变后会再次询问。不同意也可以查看其参数。</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>triptych::ModelsPanel</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What is in the model</source>
        <translation>模型内容</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>打开模型文件夹……</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>查看内部</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Modules, tensors, filters and positions of the current model</source>
        <translation>当前模型的模块、张量、滤波器和位置</translation>
    </message>
    <message>
        <source>Takes the model out of memory; it is read again when something uses it</source>
        <translation>将模型移出内存；再次用到时会重新读取</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开……</translation>
    </message>
    <message>
        <source>Open a file of weights…</source>
        <translation>打开权重文件……</translation>
    </message>
    <message>
        <source>cannot be used, only looked into</source>
        <translation>无法使用，只能查看</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>in memory: %1</source>
        <translation>内存中：%1</translation>
    </message>
    <message>
        <source>not loaded</source>
        <translation>未载入</translation>
    </message>
    <message>
        <source>%1 of weights open, %2 of them copied, the rest mapped from files; %3 of memory free</source>
        <translation>已打开权重 %1，其中 %2 为副本，其余映射自文件；空闲内存 %3</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>使用此模型</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Open a file of weights</source>
        <translation>打开权重文件</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.pth *.pt *.bin);;All files (*)</source>
        <translation>权重 (*.safetensors *.pth *.pt *.bin);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>triptych::NeighborList</name>
    <message>
        <source>Whose neighbours</source>
        <translation>谁的近邻</translation>
    </message>
    <message>
        <source>Nearest neighbours</source>
        <translation>最近邻</translation>
    </message>
    <message>
        <source>&amp;Nearest to its</source>
        <translation>最接近其(&amp;N)</translation>
    </message>
    <message>
        <source>Embedding… neighbours follow.</source>
        <translation>正在计算嵌入……近邻随后出现。</translation>
    </message>
    <message>
        <source>This sample is not embedded yet, so it has no neighbours.</source>
        <translation>此样本尚无嵌入，因此没有近邻。</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>%1 — its own pair</source>
        <translation>%1 — 自身的配对</translation>
    </message>
</context>
<context>
    <name>triptych::OptionForm</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>triptych::PictureBox</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
</context>
<context>
    <name>triptych::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Search preferences</source>
        <translation>搜索首选项</translation>
    </message>
</context>
<context>
    <name>triptych::ProbabilityBars</name>
    <message>
        <source>Probabilities of the labels</source>
        <translation>各标签的概率</translation>
    </message>
</context>
<context>
    <name>triptych::RepresentationPane</name>
    <message>
        <source>Train…</source>
        <translation>训练…</translation>
    </message>
    <message>
        <source>Train it…</source>
        <translation>训练它…</translation>
    </message>
    <message>
        <source>The engine is opening.</source>
        <translation>引擎正在打开。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>What makes a vector of the sample</source>
        <translation>用什么把样本变成向量</translation>
    </message>
    <message>
        <source>What was trained</source>
        <translation>训练结果</translation>
    </message>
    <message>
        <source>What was trained and is kept in this workspace</source>
        <translation>已训练并保留在此工作区中的结果</translation>
    </message>
    <message>
        <source>Rename or remove what was trained</source>
        <translation>重命名或移除训练结果</translation>
    </message>
    <message>
        <source>Train this method on samples of your choice</source>
        <translation>用您选择的样本训练该方法</translation>
    </message>
    <message>
        <source>the open model</source>
        <translation>打开的模型</translation>
    </message>
    <message>
        <source>Drop a picture, a sound, a video or a text, and see how it becomes a vector.</source>
        <translation>拖入一张图像、一段声音、视频或文本，看它怎样变成向量。</translation>
    </message>
    <message>
        <source>This sample has no text; select one that has.</source>
        <translation>此样本没有文本；请选一个有的。</translation>
    </message>
    <message>
        <source>This sample has no picture; select one that has.</source>
        <translation>此样本没有图像；请选一个有的。</translation>
    </message>
    <message>
        <source>This sample has no video; select one that has.</source>
        <translation>此样本没有视频；请选一个有的。</translation>
    </message>
    <message>
        <source>This sample has no sound; select one that has.</source>
        <translation>此样本没有声音；请选一个有的。</translation>
    </message>
    <message>
        <source>%1 is not trained yet in this workspace.</source>
        <translation>%1 在此工作区中尚未训练。</translation>
    </message>
    <message>
        <source>This method reads a model, and none is open; drop a model folder on the window.</source>
        <translation>该方法要读取模型，但没有打开的模型；请把模型文件夹拖到窗口上。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 的%1</translation>
    </message>
    <message>
        <source>What was trained cannot be read any more; train it again.</source>
        <translation>训练结果已无法读取；请重新训练。</translation>
    </message>
    <message numerus="yes">
        <source>counted over %n text(s)</source>
        <translation>
            <numerusform>在 %n 段文本上计数</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of the workspace</source>
        <translation>工作区的%1</translation>
    </message>
    <message>
        <source>The method gave nothing to show for this sample.</source>
        <translation>该方法对此样本没有可显示的内容。</translation>
    </message>
</context>
<context>
    <name>triptych::RepresentationTraining</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Samples to train on</source>
        <translation>用于训练的样本</translation>
    </message>
    <message>
        <source>Holds the training; everything else goes on</source>
        <translation>暂停训练；其他一切继续</translation>
    </message>
    <message>
        <source>Ends the training and keeps the weights of the last epoch in the workspace</source>
        <translation>结束训练，并把最后一轮的权重保留在工作区</translation>
    </message>
    <message>
        <source>Ends the training; nothing is kept</source>
        <translation>结束训练；什么都不保留</translation>
    </message>
    <message>
        <source>Close; a training goes on</source>
        <translation>关闭；训练会继续</translation>
    </message>
    <message>
        <source>Close the training panel</source>
        <translation>关闭训练面板</translation>
    </message>
    <message>
        <source>&amp;Train on</source>
        <translation>训练数据(&amp;T)</translation>
    </message>
    <message numerus="yes">
        <source>This workspace, %n sample(s)</source>
        <translation>
            <numerusform>本工作区，%n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>A folder with a data set</source>
        <translation>含有数据集的文件夹</translation>
    </message>
    <message>
        <source>Train %1</source>
        <translation>训练%1</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>读取 %1</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>None of these samples has what this method reads; choose others.</source>
        <translation>这些样本都没有该方法要读取的内容；请选别的。</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>triptych::RepresentationView</name>
    <message>
        <source>Representation</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>A second method on the same sample</source>
        <translation>在同一样本上使用第二种方法</translation>
    </message>
</context>
<context>
    <name>triptych::RetrievalTab</name>
    <message>
        <source>Retrieval scores</source>
        <translation>检索得分</translation>
    </message>
    <message>
        <source>Queries that missed</source>
        <translation>未命中的查询</translation>
    </message>
    <message>
        <source>Direction of the misses</source>
        <translation>未命中的方向</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter the misses</source>
        <translation>筛选未命中项</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Rank of its own</source>
        <translation>自身配对的名次</translation>
    </message>
    <message>
        <source>Came first instead</source>
        <translation>排在首位的</translation>
    </message>
    <message>
        <source>Cosine, own</source>
        <translation>余弦（自身配对）</translation>
    </message>
    <message>
        <source>Cosine, first</source>
        <translation>余弦（首位）</translation>
    </message>
    <message>
        <source>&amp;Misses</source>
        <translation>未命中(&amp;M)</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>随机水平</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>share of queries with a positive among the first %1; higher is better</source>
        <translation>前 %1 名中有正例的查询占比；越高越好</translation>
    </message>
    <message>
        <source>R@1</source>
        <translation>R@1</translation>
    </message>
    <message>
        <source>R@5</source>
        <translation>R@5</translation>
    </message>
    <message>
        <source>R@10</source>
        <translation>R@10</translation>
    </message>
    <message>
        <source>Median rank</source>
        <translation>名次中位数</translation>
    </message>
    <message>
        <source>rank = 1 + number ranked higher + half of the ties, best positive; 1 is best</source>
        <translation>名次 = 1 + 排在更前的数量 + 同分数量的一半，取最佳正例；1 为最佳</translation>
    </message>
    <message>
        <source>MRR</source>
        <translation>MRR</translation>
    </message>
    <message>
        <source>mean of 1 / rank; 1 is best</source>
        <translation>1 / 名次 的平均；1 为最佳</translation>
    </message>
    <message>
        <source>%1: %2. N = %3 pairs; samples of one group, such as equal captions, count as positives of each other. Values of different N cannot be compared.</source>
        <translation>%1：%2。N = %3 对；同组样本（如描述相同者）互为正例。N 不同的数值不可比较。</translation>
    </message>
    <message>
        <source>%1 of %2 queries</source>
        <translation>%2 个查询中的 %1 个</translation>
    </message>
</context>
<context>
    <name>triptych::SampleDelegate</name>
    <message>
        <source>file is missing</source>
        <translation>文件缺失</translation>
    </message>
</context>
<context>
    <name>triptych::ScatterPlot</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Map of points</source>
        <translation>点的映射图</translation>
    </message>
    <message numerus="yes">
        <source>%n points</source>
        <translation>
            <numerusform>%n 个点</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::ScoresTab</name>
    <message>
        <source>CKA, unbiased</source>
        <translation>CKA（无偏）</translation>
    </message>
    <message>
        <source>0 for unrelated sets</source>
        <translation>无关的集合为 0</translation>
    </message>
    <message>
        <source>linear centred kernel alignment with the unbiased HSIC; 1 = the same geometry, 0 = none in common</source>
        <translation>采用无偏 HSIC 的线性中心核对齐；1 = 几何相同，0 = 毫无共同之处</translation>
    </message>
    <message>
        <source>CKA, calibrated</source>
        <translation>CKA（校准）</translation>
    </message>
    <message>
        <source>0 for shuffled pairs, p = %1</source>
        <translation>打乱配对时为 0，p = %1</translation>
    </message>
    <message>
        <source>how far CKA stands above the threshold that shuffled pairs reach</source>
        <translation>CKA 高出打乱配对所达阈值的程度</translation>
    </message>
    <message>
        <source>CKA, biased</source>
        <translation>CKA（有偏）</translation>
    </message>
    <message>
        <source>threshold of shuffled pairs %1</source>
        <translation>打乱配对的阈值 %1</translation>
    </message>
    <message>
        <source>for comparison only: random vectors already score high when N is small against the dimension</source>
        <translation>仅供比较：当 N 相对维度较小时，随机向量的得分也会很高</translation>
    </message>
    <message>
        <source>SVCCA</source>
        <translation>SVCCA</translation>
    </message>
    <message>
        <source>%1 for shuffled pairs</source>
        <translation>打乱配对时为 %1</translation>
    </message>
    <message>
        <source>mean canonical correlation of the leading directions; 1 is best</source>
        <translation>主要方向的平均典型相关；1 为最佳</translation>
    </message>
    <message>
        <source>Mutual kNN, k = %1</source>
        <translation>互 kNN，k = %1</translation>
    </message>
    <message>
        <source>%1 for random neighbours</source>
        <translation>随机近邻时为 %1</translation>
    </message>
    <message>
        <source>share of the %1 nearest neighbours that both modalities agree on</source>
        <translation>两种模态一致认可的 %1 近邻占比</translation>
    </message>
    <message>
        <source>Modality gap</source>
        <translation>模态间隙</translation>
    </message>
    <message>
        <source>%1 with sides swapped at random</source>
        <translation>随机交换两侧时为 %1</translation>
    </message>
    <message>
        <source>distance between the two means on the unit sphere; 0 = no gap</source>
        <translation>单位球面上两个均值之间的距离；0 = 无间隙</translation>
    </message>
    <message>
        <source>Alignment</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>%1 over all pairs, right and wrong</source>
        <translation>在所有正确与错误的配对上为 %1</translation>
    </message>
    <message>
        <source>mean squared distance of the two sides of a pair; lower is better</source>
        <translation>一对两侧的平均平方距离；越低越好</translation>
    </message>
    <message>
        <source>Uniformity, %1</source>
        <translation>均匀性，%1</translation>
    </message>
    <message>
        <source>%1 on a uniform sphere</source>
        <translation>均匀球面上为 %1</translation>
    </message>
    <message>
        <source>log mean exp(−2 d²) over its pairs; lower is more evenly spread</source>
        <translation>其各对 exp(−2 d²) 均值的对数；越低分布越均匀</translation>
    </message>
    <message>
        <source>Tie rate</source>
        <translation>同分率</translation>
    </message>
    <message>
        <source>0 = none</source>
        <translation>0 = 没有</translation>
    </message>
    <message>
        <source>share of queries whose rank depends on equal cosines</source>
        <translation>名次取决于余弦相等的查询占比</translation>
    </message>
    <message>
        <source>Scores of the alignment</source>
        <translation>对齐的得分</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>N</source>
        <translation>N</translation>
    </message>
    <message>
        <source>Null or reference</source>
        <translation>零假设或参考值</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量……</translation>
    </message>
</context>
<context>
    <name>triptych::Session</name>
    <message>
        <source>%1: a temporary workspace cannot be made; make room there.</source>
        <translation>%1：无法建立临时工作区；请在那里腾出空间。</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Fingerprints of media files</source>
        <translation>媒体文件的指纹</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Open the engine</source>
        <translation>打开引擎</translation>
    </message>
    <message>
        <source>Opening the engine was cancelled.</source>
        <translation>打开引擎已取消。</translation>
    </message>
    <message numerus="yes">
        <source>Add %n sample(s)</source>
        <translation>
            <numerusform>添加 %n 个样本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n sample(s)</source>
        <translation>
            <numerusform>移除 %n 个样本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Label %n sample(s)</source>
        <translation>
            <numerusform>为 %n 个样本设置标签</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Find %n missing file(s)</source>
        <translation>
            <numerusform>查找 %n 个缺失的文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Close a model</source>
        <translation>关闭模型</translation>
    </message>
    <message>
        <source>Change the model</source>
        <translation>更换模型</translation>
    </message>
    <message numerus="yes">
        <source>Select %n sample(s)</source>
        <translation>
            <numerusform>选择 %n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>Embedding: %1</source>
        <translation>嵌入：%1</translation>
    </message>
    <message>
        <source>%1 has no embedding: %2</source>
        <translation>%1 没有嵌入：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more sample(s) have no embedding.</source>
        <translation>
            <numerusform>另有 %n 个样本没有嵌入。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: the engine is not open, so the model cannot be read.</source>
        <translation>%1：引擎未打开，无法读取模型。</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>%1 ships with Triptych and stays in the list.</source>
        <translation>%1 随 Triptych 提供，会保留在列表中。</translation>
    </message>
    <message numerus="yes">
        <source>%n sample(s) are here already.</source>
        <translation>
            <numerusform>%n 个样本已在这里。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: it is not on this machine; save it first, Triptych does not use the network.</source>
        <translation>%1：它不在本机上；请先保存，Triptych 不使用网络。</translation>
    </message>
    <message numerus="yes">
        <source>Read %n file(s)</source>
        <translation>
            <numerusform>读取 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: there is nothing in it.</source>
        <translation>%1：其中没有内容。</translation>
    </message>
    <message>
        <source>There is no sample &quot;%1&quot; any more.</source>
        <translation>样本“%1”已不存在。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Delete layout %1</source>
        <translation>删除布局 %1</translation>
    </message>
    <message>
        <source>Save layout %1</source>
        <translation>保存布局 %1</translation>
    </message>
    <message>
        <source>Unload %1</source>
        <translation>卸载 %1</translation>
    </message>
    <message>
        <source>Look for missing files in %1</source>
        <translation>在 %1 中查找缺失的文件</translation>
    </message>
    <message numerus="yes">
        <source>%n missing file(s) found.</source>
        <translation>
            <numerusform>找到 %n 个缺失的文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename what was trained</source>
        <translation>重命名训练结果</translation>
    </message>
    <message>
        <source>Remove what was trained</source>
        <translation>移除训练结果</translation>
    </message>
</context>
<context>
    <name>triptych::SoundOutput</name>
    <message>
        <source>No audio device was found, so nothing can be heard. Connect one, or start the sound service (PipeWire or PulseAudio), and select the sample again.</source>
        <translation>未找到音频设备，因此听不到声音。请连接设备，或启动声音服务（PipeWire 或 PulseAudio），然后重新选择样本。</translation>
    </message>
</context>
<context>
    <name>triptych::SoundPlayer</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the sound</source>
        <translation>播放声音</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Spectrogram</source>
        <translation>声谱图</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>%1 / %2 s</source>
        <translation>%1 / %2 秒</translation>
    </message>
</context>
<context>
    <name>triptych::SpectrogramPlot</name>
    <message>
        <source>Spectrogram</source>
        <translation>声谱图</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 kHz</source>
        <translation>%1 kHz</translation>
    </message>
    <message>
        <source>%1 Hz</source>
        <translation>%1 Hz</translation>
    </message>
    <message>
        <source>%1, %2 Hz</source>
        <translation>%1，%2 Hz</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>triptych::StepStrip</name>
    <message>
        <source>Steps from the signal to the vector</source>
        <translation>从信号到向量的步骤</translation>
    </message>
</context>
<context>
    <name>triptych::StepTile</name>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
</context>
<context>
    <name>triptych::TensorDetail</name>
    <message>
        <source>scalar</source>
        <translation>标量</translation>
    </message>
    <message>
        <source>Choose a tensor to see how its values are spread.</source>
        <translation>选择一个张量，查看其值的分布。</translation>
    </message>
    <message>
        <source>%1 values</source>
        <translation>%1 个值</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <source>mean %1, deviation %2</source>
        <translation>均值 %1，标准差 %2</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
    <message>
        <source>zeros %1 %</source>
        <translation>零占 %1 %</translation>
    </message>
    <message>
        <source>NaN %1, infinite %2</source>
        <translation>NaN %1 个，无穷大 %2 个</translation>
    </message>
</context>
<context>
    <name>triptych::TensorsTab</name>
    <message>
        <source>Filter by name, shape or type</source>
        <translation>按名称、形状或类型筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Modules of the model</source>
        <translation>模型的模块</translation>
    </message>
    <message>
        <source>Measure all</source>
        <translation>全部测量</translation>
    </message>
    <message>
        <source>Reads every tensor once: mean, deviation, range, zeros, NaN</source>
        <translation>将每个张量读取一遍：均值、标准差、范围、零、NaN</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Zeros %</source>
        <translation>零 %</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>Tensors of the model</source>
        <translation>模型的张量</translation>
    </message>
    <message>
        <source>Choose a tensor to see how its values are spread.</source>
        <translation>选择一个张量，查看其值的分布。</translation>
    </message>
    <message numerus="yes">
        <source>%n tensors</source>
        <translation>
            <numerusform>%n 个张量</numerusform>
        </translation>
    </message>
    <message>
        <source>Measure every tensor</source>
        <translation>测量每个张量</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>测量 %1</translation>
    </message>
</context>
<context>
    <name>triptych::Thumbnails</name>
    <message>
        <source>Thumbnail</source>
        <translation>缩略图</translation>
    </message>
</context>
<context>
    <name>triptych::TileGrid</name>
    <message>
        <source>Filters</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>Filter %1</source>
        <translation>滤波器 %1</translation>
    </message>
</context>
<context>
    <name>triptych::TimePlot</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>triptych::TokenStrip</name>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
</context>
<context>
    <name>triptych::Tour</name>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Skip the tour</source>
        <translation>跳过导览</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>triptych::ValueTable</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV……</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Choose another folder.</source>
        <translation>无法写入 %1：%2。请选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>triptych::ViewArea</name>
    <message>
        <source>Change %1</source>
        <translation>更改%1</translation>
    </message>
</context>
<context>
    <name>triptych::Waveform</name>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>triptych::WelcomePage</name>
    <message>
        <source>See what multimodal models make of pictures, sounds and texts: their map, where they look, and how well they agree. Everything stays on this machine.</source>
        <translation>看看多模态模型如何理解图像、声音和文本：它们的映射图、模型看向哪里，以及各模态对齐得如何。一切都留在本机。</translation>
    </message>
    <message>
        <source>Open the sample workspace</source>
        <translation>打开示例工作区</translation>
    </message>
    <message>
        <source>950 pictures with captions and spoken captions, embedded by the model that ships</source>
        <translation>950 幅图像及其描述和口语描述，已由随附的模型计算嵌入</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>新建工作区</translation>
    </message>
    <message>
        <source>Start empty and drop your own files</source>
        <translation>从空白开始，拖入您自己的文件</translation>
    </message>
    <message>
        <source>Open a workspace…</source>
        <translation>打开工作区……</translation>
    </message>
    <message>
        <source>A .triptych file</source>
        <translation>.triptych 文件</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Or drop something anywhere</source>
        <translation>或将任何内容拖到任意位置</translation>
    </message>
    <message>
        <source>Pictures (PNG, JPEG, WebP, GIF, TIFF, BMP, SVG), sounds (WAV, FLAC, Ogg, Opus, MP3, M4A), video (MP4, MKV, WebM, AVI), texts, folders with a data set, model folders, embeddings (NPZ, NPY, TSV), workspaces.</source>
        <translation>图像（PNG、JPEG、WebP、GIF、TIFF、BMP、SVG）、声音（WAV、FLAC、Ogg、Opus、MP3、M4A）、视频（MP4、MKV、WebM、AVI）、文本、数据集文件夹、模型文件夹、嵌入（NPZ、NPY、TSV）、工作区。</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>A tour of the window, in five stops</source>
        <translation>窗口导览，共五步</translation>
    </message>
    <message>
        <source>What a map of embeddings shows</source>
        <translation>嵌入映射图显示了什么</translation>
    </message>
    <message>
        <source>What attention is, and what it is not</source>
        <translation>注意力是什么，不是什么</translation>
    </message>
    <message>
        <source>What R@k means</source>
        <translation>R@k 是什么意思</translation>
    </message>
    <message>
        <source>Every lesson, as a tree</source>
        <translation>以树呈现的全部课程</translation>
    </message>
</context>
<context>
    <name>triptych::WindowLayout</name>
    <message>
        <source>Change the layout</source>
        <translation>更改布局</translation>
    </message>
    <message>
        <source>Default layout</source>
        <translation>默认布局</translation>
    </message>
    <message>
        <source>Layout %1</source>
        <translation>布局 %1</translation>
    </message>
    <message>
        <source>Save layout…</source>
        <translation>保存布局…</translation>
    </message>
    <message>
        <source>Save layout</source>
        <translation>保存布局</translation>
    </message>
    <message>
        <source>Name of the layout</source>
        <translation>布局名称</translation>
    </message>
    <message>
        <source>Keeps where panels and views stand under a name, in this workspace</source>
        <translation>以一个名称把面板和视图的位置保存在此工作区</translation>
    </message>
    <message>
        <source>Puts every panel and view where it was at first</source>
        <translation>把每个面板和视图放回最初的位置</translation>
    </message>
    <message>
        <source>Restores this layout</source>
        <translation>恢复此布局</translation>
    </message>
    <message>
        <source>Delete layout</source>
        <translation>删除布局</translation>
    </message>
</context>
<context>
    <name>triptych::Workspace</name>
    <message numerus="yes">
        <source>%n sample(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%n 个样本无法读取，已略去。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of samples cannot be read and are left out.</source>
        <translation>
            <numerusform>%n 个样本来源无法读取，已略去。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) or undo step(s) cannot be read and are left out.</source>
        <translation>
            <numerusform>%n 个设置或撤销步骤无法读取，已略去。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: a stored result is damaged and will be computed again.</source>
        <translation>%1：一个已存的结果已损坏，将重新计算。</translation>
    </message>
    <message>
        <source>%1: some embeddings are damaged and will be computed again.</source>
        <translation>%1：部分嵌入已损坏，将重新计算。</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n change(s) could not be written and are lost.</source>
        <translation>
            <numerusform>%1：%n 处更改无法写入，已丢失。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: the workspace cannot be written there, it goes on where it is: %2</source>
        <translation>%1：无法在那里写入工作区，它仍在原处继续：%2</translation>
    </message>
    <message>
        <source>%1: it cannot be written; choose another place.</source>
        <translation>%1：无法写入；请选择其他位置。</translation>
    </message>
</context>
<context>
    <name>triptych::ZeroShotTab</name>
    <message>
        <source> — right</source>
        <translation> — 正确</translation>
    </message>
    <message>
        <source> — its label is %1</source>
        <translation> — 其标签是 %1</translation>
    </message>
    <message>
        <source>“%1” looks most like %2%3</source>
        <translation>“%1”最像 %2%3</translation>
    </message>
    <message>
        <source>%1: accuracy %2 (%3 of %4 right). Chance: %5 by guessing evenly over %6 labels, %7 by always saying the most frequent one. Accuracy = share of samples whose most probable label is their own.</source>
        <translation>%1：准确率 %2（%4 个中 %3 个正确）。随机水平：在 %6 个标签上均匀猜测为 %5，总是回答最常见的标签为 %7。准确率 = 最可能标签即为自身标签的样本占比。</translation>
    </message>
    <message>
        <source>Labels, one a line</source>
        <translation>标签，每行一个</translation>
    </message>
    <message>
        <source>Templates, one a line</source>
        <translation>模板，每行一个</translation>
    </message>
    <message>
        <source>{} stands for the label. Several templates are averaged.</source>
        <translation>{} 代表标签。多个模板取平均。</translation>
    </message>
    <message>
        <source>What is classified</source>
        <translation>要分类的内容</translation>
    </message>
    <message>
        <source>&amp;Classify</source>
        <translation>分类(&amp;C)</translation>
    </message>
    <message>
        <source>La&amp;bels, one a line</source>
        <translation>标签，每行一个(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Templates, {} is the label</source>
        <translation>模板，{} 为标签(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing but text is embedded yet. Add pictures or sounds and embed them: Analyse ▸ Embed every sample.</source>
        <translation>目前只有文本有嵌入。请添加图像或声音并计算嵌入：“分析 ▸ 计算所有样本的嵌入”。</translation>
    </message>
    <message>
        <source>Write at least two labels on the left, one a line.</source>
        <translation>请在左侧写下至少两个标签，每行一个。</translation>
    </message>
    <message>
        <source>Select a sample to classify it.</source>
        <translation>选择一个样本进行分类。</translation>
    </message>
    <message>
        <source>The selected sample has no embedding in this modality.</source>
        <translation>所选样本在此模态下没有嵌入。</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>正在计算……</translation>
    </message>
    <message>
        <source>Zero-shot classification</source>
        <translation>零样本分类</translation>
    </message>
    <message>
        <source>%1: no sample has one of these labels, so there is no accuracy.</source>
        <translation>%1：没有样本带有这些标签之一，因此没有准确率。</translation>
    </message>
    <message>
        <source>Zero-shot accuracy</source>
        <translation>零样本准确率</translation>
    </message>
</context>
</TS>
