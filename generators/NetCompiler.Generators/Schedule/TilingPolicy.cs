using NetCompiler.Generators.Graph.Layers;

namespace NetCompiler.Generators.Schedule;

/// <summary>Every constant of tiling and unrolling, with the measurement that chose it (MEASURED, sections 2 and 4.2).</summary>
internal static class TilingPolicy
{
    /// <summary>Rows of matrices are padded to this many floats, the widest vector, so that all widths share one layout.</summary>
    public const int RowAlignment = WeightExtent.Alignment;

    /// <summary>Columns of a weight panel: two 512-bit vectors; four vectors cost 2 to 5 points, one only serves tiny products.</summary>
    public const int PanelWidth = 32;

    /// <summary>
    /// The vectors of a panel that one sample's product takes at once: all of them, so that far weights are one stream of whole rows, and each broadcast number serves a row. In 16 registers stand 8
    /// sums at any width. With 256 bits, halves of rows one after the other took 7.6 us for 784 x 128, 94 us for 5408 x 128 behind a convolution and 0.136 us for 64 x 64; whole rows 5.0, 45 and 0.105.
    /// </summary>
    public static int PanelVectors(Machine machine) => PanelWidth / machine.Lanes;

    /// <summary>Up to this many outputs (one) a dense layer's weights are stored by columns and multiplied with lanes along the inputs: padding 1 output to 16 lanes would waste 15.</summary>
    public const int MostColumns = 1;

    /// <summary>
    /// Products of one sample that are written out. 256 fused multiply-adds run as fast as a loop (48 ns) and 1,024 six times slower; the JIT
    /// needs 20 us for each, so only what is too short for a loop is written out.
    /// </summary>
    public const int MostStraightLineProducts = 96;

    /// <summary>Statements of kernels that the entry point of one sample takes into itself, one call and one trip through memory less each.</summary>
    public const int MostInlinedStatements = 400;

    /// <summary>The floats of weights that stay in a first-level cache of 48 KB beside the rest: 64 x 64 takes 16 KB and is limited by loads, not by the next cache.</summary>
    public const int NearestCacheFloats = 8192;

    /// <summary>
    /// The floats of a matrix from which inference that may round to bfloat16 does so: what a first-level cache of 48 KB holds beside the rest gains nothing from fewer bytes, and loses
    /// by the decoding. Measured with both forms in one process, one sample, 512 bits: 784 x 128 1.73 times faster, 128 x 128 1.72, 65 x 128 1.09. 100 steps of an LSTM of 48 units
    /// (36 KB) 0.89, of 64 (64 KB) 1.09, of 128 1.58, of a GRU of 64 (48 KB) 0.97; one step, which reads the input's weights too, 1.7 and 1.8 for both of 64.
    /// </summary>
    public const int LeastNarrowFloats = 12288;

    /// <summary>Whether a matrix is rounded to bfloat16 then. Up to 16 columns are padded to a panel of 16 pairs, which are as many bytes.</summary>
    public static bool IsWorthNarrowing(int rows, int columns) => columns > RowAlignment && rows * Align(columns) >= LeastNarrowFloats;

    /// <summary>
    /// Whether a matrix is held in integers of 8 bits then, and the rows that it multiplies are rounded to them. More rows than these would overflow sums of 32 bits: 65,536 x 255 x 127.
    /// Measured with floats in one process, one sample, products of four bytes in one instruction: a convolution before 5408 x 128 3.7 times faster, 784 x 128 2.5, 128 x 128 1.6. 100 steps of an
    /// LSTM of 64 units 1.16, of 128 2.0, of a GRU of 64 0.94; one step 1.5, 1.9 and 1.4.
    /// </summary>
    public static bool IsWorthIntegers(int rows, int columns) => rows is > 1 and <= MostIntegerRows && IsWorthNarrowing(rows, columns);

    private const int MostIntegerRows = 65536;

    /// <summary>Independent sums that hide the latency of an addition: 4 cycles on 2 pipes.</summary>
    public const int LatencyHidingSums = 8;

    /// <summary>The rows that batch prediction takes at once: each weight panel is read once per block.</summary>
    public const int PredictManyRows = 128;

    // Two of the largest values of so many rows: 32 MB for each caller.
    private const long MostPredictManyFloats = 1 << 23;

    /// <summary>The rows that batch prediction takes at once where a sample's largest value has so many floats: images are many times what dense layers make of them.</summary>
    public static int PredictManyRowsOf(long largest) => (int)Math.Max(1, Math.Min(PredictManyRows, MostPredictManyFloats / (2 * Math.Max(1, largest))));

    /// <summary>
    /// The floats of samples that kernels hand on in the second-level cache of 1 MB, beside the weights, since a batch of long
    /// sequences fits no such cache. Measured with both forms in one process: a training step of an LSTM over 100 steps, batch 32, is 1.03 times faster.
    /// </summary>
    public const int BlockFloats = 131072;

    /// <summary>The rows for which it pays to read the weights again.</summary>
    public const int LeastBlockRows = 64;

    /// <summary>Blocks of this many samples or more would hold most batches.</summary>
    public const int LeastWholeBatch = 32;

    /// <summary>Rows of up to this many vectors are written out; longer ones are loops.</summary>
    public const int MostUnrolledRowVectors = 2;

    /// <summary>Columns of up to this many vectors are written out in a general nest; more are a loop.</summary>
    public const int MostUnrolledNestVectors = 4;

    /// <summary>Vectors across a tile of a general contraction, and sums in it: what fits the registers beside the operands.</summary>
    public const int NestTileVectors = 2;

    /// <summary>Products that a general contraction writes out in a row.</summary>
    public const int MostUnrolledProducts = 64;

    /// <summary>Places of a window, or steps of a small reduction, that are written out.</summary>
    public const int MostUnrolledPlaces = 9;

    /// <summary>Vectors of one sample to which a transcendental function is applied in place; each is another inlined copy.</summary>
    public const int MostInlinedFunctions = 4;

    /// <summary>Elementwise operations that a product's epilogue takes; beyond, spilling costs more than a pass over memory.</summary>
    public const int MostEpilogueOperations = 8;

    /// <summary>The units whose gates are computed in registers; beyond, weights come from far caches and the kernel's text grows.</summary>
    public const int MostGateUnits = 256;

    /// <summary>Vectors of units whose gates are summed at once: the 8 sums of four gates hide the latency without phases.</summary>
    public const int GateVectors = 2;

    /// <summary>
    /// The floats of weights from which a kernel of gates reads one gate after another, in a single stream. Measured in one run: 100 steps of 64 KB, of which the
    /// turned order of the panels keeps half in 48 KB, take 31 us with all gates at once and 36 us in one stream; a step of 128 KB takes 0.73 and 0.67 us.
    /// </summary>
    public const int MostNearGateFloats = 16384;

    /// <summary>
    /// Vectors of units whose far gates are summed at once, one gate after another, and finished in registers: of two panels, so that four of them share each broadcast number. Measured in one run on a core that reads
    /// 134 GB/s from its second-level cache: the sums of a step of 128 KB take 0.86 us, 1.01 with two vectors, and reading the weights alone 0.88.
    /// </summary>
    public const int FarGateVectors = 4;

    /// <summary>The sums of all gates that may wait in registers for the last gate's, beside its own parts.</summary>
    public const int FarGateSums = 24;

    /// <summary>
    /// Whether what follows the sums of some units is made of them at once, in registers, rather than of all units at the end. Measured in one run with 256 bits: a step of an LSTM of 64 units takes
    /// 0.83 us with the functions at the end, 0.92 with them behind each half of a panel, where they wait for each other and their constants go to memory and back.
    /// </summary>
    public static bool FinishesGatesAtOnce(Machine machine) => machine.Registers >= 32;

    /// <summary>The sums of a kernel of gates, of all its products: beside them stand a broadcast number and the vectors of the functions that follow.</summary>
    public static int GateSums(Machine machine) => machine.Registers >= 32 ? 16 : 8;

    /// <summary>The floats of a dense layer's weights from which each thread computes the columns whose weights it updates, rather than some of the samples: half of the weights would pass between the caches in every step.</summary>
    public const int LeastOwnedWeights = 32768;

    /// <summary>Whether a product's weights are so many.</summary>
    public static bool IsOwned(int inputs, int outputs) => (long)inputs * outputs >= LeastOwnedWeights;

    /// <summary>
    /// The elements of 32 bits that a product of one sample reads from which threads share it: that takes some 4 us, where passing the sample to another core and waiting for it takes 0.3 to 1.
    /// </summary>
    public const int LeastSharedWeights = 131_072;

    /// <summary>Whether the weights of a product of one sample are so many.</summary>
    public static bool IsWorthSharing(int rows, int elements) => (long)rows * elements >= LeastSharedWeights;

    /// <summary>The multiplications of a product or convolution of one sample, each weight used by many rows of it, from which threads share it: they take some 4 us.</summary>
    public const int LeastSharedSums = 400_000;

    /// <summary>Whether one sample's multiplications are so many.</summary>
    public static bool IsWorthSharing(int rows, int reduction, int columns) => (long)rows * reduction * columns >= LeastSharedSums;

    /// <summary>The products per sample from which threads share a stage: for 128 samples 2 us at the peak and three times as much in small kernels, where to wake a thread and to pass on what it reads takes 1 to 5.</summary>
    public const int LeastSharedProducts = 2048;

    /// <summary>The products of a sample from which threads share the samples of a stage one by one: some 2 us for each, beside a few of which one more wait is nothing.</summary>
    public const int LeastProductsOfSingles = 65_536;

    /// <summary>The most floats of a gradient that every block of samples sums for itself: written and read once more, it stays in the nearest cache.</summary>
    public const int MostBlockSums = 8192;

    /// <summary>The rows of a sample from which that is worth it: what they hold would pass from cache to cache, or one thread would sum all of it.</summary>
    public const int LeastBlockSumRows = 16;

    /// <summary>Vectors across one tile.</summary>
    public const int TileVectors = 2;

    /// <summary>
    /// The heights of tiles, tallest first; the rows are taken greedily. 12 to 28 sums reach 94 to 97 % of peak, 8 still hide the latency; every height more is text in every kernel.
    /// 32 rows are 12 + 12 + 8, three trips over the weights: 12 + 12 + 4 + 4 would be four, and wait for their sums in two of them. One vector across is little
    /// work, for which one height less is compiled. Rows whose number is known are tiles of one height where it divides them: 5408 = 416 x 13, 784 = 56 x 14 (28 sums and what a step reads are 31 of 32 registers).
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vectors">The vectors across.</param>
    /// <param name="rows">The rows, or null where their number depends on the batch.</param>
    public static IReadOnlyList<int> TileHeights(Machine machine, int vectors, int? rows)
    {
        bool hasMany = machine.Registers >= 32;
        (int least, int most) = vectors == 1 ? (hasMany ? (8, 16) : (6, 10)) : hasMany ? (8, 14) : (4, 6);
        int[] dividing = [.. Enumerable.Range(least, most - least + 1).Where(height => rows % height == 0)];
        int[] greedy = !hasMany ? [6, 2, 1] : vectors == 1 ? [8, 4, 1] : [12, 8, 4, 1];
        return dividing.Length > 0 ? [dividing.Max()] : [.. greedy.Where(height => rows is null || height <= rows)];
    }

    /// <summary>Columns of a weight, a multiple of a panel's, from which on its input gradient is multiplied with the lanes along the samples: bringing the weights into rows costs 0.076 ns for each of them.</summary>
    public const int LeastTransposedProduct = 64;

    /// <summary>Rows of weights, times two vectors of samples, in a tile of a product with lanes along the samples: half or a quarter of what is brought into rows at once.</summary>
    public static int TransposedTileRows(Machine machine) => machine.Registers >= 32 ? 8 : 4;

    /// <summary>Columns from which it pays to bring a contraction's operand into the order of its result first.</summary>
    public const int LeastTransposedColumns = 8;

    /// <summary>Sums of a general contraction's tile.</summary>
    public static int NestTileSums(Machine machine) => machine.Registers >= 32 ? 20 : 10;

    /// <summary>
    /// How often the loop over a constant reduction is unrolled: a step of 16 products hides the loop's own instructions, smaller ones need company.
    /// </summary>
    public static int Unroll(int reduction, int products)
    {
        int wanted = products >= 16 ? 1 : products >= 8 ? 2 : 4;
        return reduction * products <= 32 ? reduction : reduction % wanted == 0 ? wanted : 1;
    }

    /// <summary>
    /// The most rows of a tile of pixels. Beside the sums stand the vectors of a step and one broadcast number: 13 x 2 are 29 of 32 registers,
    /// 5 x 2 are 13 of 16. Short sums are unrolled whole, and their windows overlap: beyond 8 rows the JIT keeps too many numbers alive.
    /// </summary>
    public static int TileRows(Machine machine, int vectors, int reduction)
    {
        int most = machine.Registers >= 32 ? (vectors == 1 ? 14 : 26 / vectors) : (vectors == 1 ? 12 : 10 / vectors);
        return reduction <= MostWholeReduction ? Math.Min(most, 8) : most;
    }

    /// <summary>
    /// The most rows of a tile whose vectors are masked: beside the sums stand the gradients, the numbers of their places and one place's part of them.
    /// 9 x 2 reach 94 percent of peak, the window of a first layer; more rows of it are further tiles.
    /// </summary>
    public static int MaskedTileRows(Machine machine, int vectors) => machine.Registers >= 32 ? (vectors == 1 ? 13 : 18 / vectors) : (vectors == 1 ? 9 : 8 / vectors);

    /// <summary>
    /// The most rows of a window whose tiles mask the gradients of a pool, each for itself. Where two ports do all work of 512 bits, masking takes their time from the sums: training steps
    /// of 30 x 30 images by 32 filters took 0.65 (9 rows), 0.82 (27) and 0.94 times (36) as long as with the gradients written out, 1.00 times (72), 1.07 (144) and 1.08 (288).
    /// </summary>
    public const int MostMaskedRows = 64;

    /// <summary>Vectors across a tile of windows of so many pixels each: one where the sums are tiny or two would not fit.</summary>
    public static int PooledVectors(Machine machine, int window, int reduction) =>
        window == 1 || (window <= TileRows(machine, TileVectors, int.MaxValue) && (reduction > MostWholeReduction || machine.Registers < 32)) ? TileVectors : 1;

    /// <summary>The most windows of so many pixels in a tile. Four windows of 2 x 2 share most of their numbers, so that tiny sums may be 16 pixels.</summary>
    public static int PooledRows(Machine machine, int vectors, int window, int reduction) =>
        window == 1 ? TileRows(machine, vectors, reduction)
        : Math.Max(1, (vectors == 1 && machine.Registers >= 32 && reduction <= MostWholeReduction ? 16 : TileRows(machine, vectors, int.MaxValue)) / window);

    /// <summary>Sums of up to this many steps are written out: a window of 3 x 3 over one channel.</summary>
    public const int MostWholeReduction = 9;

    /// <summary>Whether a sum of so many steps, each of so many products, is written out whole.</summary>
    public static bool IsUnrolledWhole(int steps, int products) => steps * products <= 64 || (steps <= MostWholeReduction && steps * products <= 160);

    /// <summary>How often the innermost loop of a tile is unrolled: up to 100 products or so, as the count allows. A step of an image of three channels is one pixel.</summary>
    public static int UnrollTile(int count, int products) =>
        new[] { 4, 3, 5, 7, 2 }.FirstOrDefault(unroll => count % unroll == 0 && unroll * products <= 112) is var unroll and > 0 ? unroll : 1;

    /// <summary>
    /// The floats from one sample to the next where a sample is one row. A gradient of weights reads 16 or 32 columns of all samples again and again: at distances of a few powers of two these share
    /// 16 or fewer of the 64 sets of a nearest cache and push each other out. The gradient of 784 x 128 weights over 128 samples takes 155 us so and 161 without.
    /// </summary>
    public static int SampleStride(int columns) => Align(columns) is var stride && stride % MostDistinctSets == 0 ? stride + PositionPadding : stride;

    // Four lines of 64 bytes: more reach every fourth set at most.
    private const int MostDistinctSets = 64;

    /// <summary>
    /// Between the positions of transformed tiles, and the samples of sums in parts: a distance of a power of two puts all of them into one set of the nearest cache, 33 % slower.
    /// </summary>
    public const int PositionPadding = 16;

    /// <summary>
    /// The tiles of a convolution that are transformed and multiplied at once: 24, 36 and 48 are alike (15 x 15 x 32 to 64, pooled: 11.8, 11.3 and 11.3 us),
    /// 12 and 18 take 5 to 10 % longer.
    /// </summary>
    public const int BlockTiles = 36;

    /// <summary>The rows and columns of a result from which tiles are faster than windows.</summary>
    public const int LeastTiledSize = 4;

    /// <summary>
    /// Whether a convolution with a window of 3 x 3 is faster in transformed tiles than in windows. One image, windows over tiles, 512 bits: 4 x 4 pixels 1.85 (64
    /// features), 1.72 (256); 7 x 7 1.50 (128), 1.29 (512); 12 x 12 1.96 (32 to 64, pooled); 32 x 32 1.89 (64); 14 x 14 2.14 (256); 8 x 8 1.88 (16). Results of 2 x 2
    /// and 3 x 3 gain nothing (1.00 to 1.07). 256 and 128 bits gain more: 1.8 to 2.1. Fewer features than a widest vector would transform padding.
    /// </summary>
    public static bool IsFasterInTiles(int height, int width, int channels, int filters) =>
        channels >= RowAlignment && filters >= RowAlignment && height >= LeastTiledSize && width >= LeastTiledSize;

    /// <summary>The floats between rows of a matrix of our own: one value per row is stored without gaps.</summary>
    public static int RowStride(int columns) => columns == 1 ? 1 : Align(columns);

    public static int Align(int length) => (length + RowAlignment - 1) / RowAlignment * RowAlignment;
}
