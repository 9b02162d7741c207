using NetCompiler;

namespace Samples;

/// <summary>
/// The rating that a user gives a film: the mean of all, what this user adds, what this film adds, and how well their ten numbers fit each other
/// (Koren, Bell and Volinsky 2009).
/// </summary>
[Network]
[Loss(Loss.MeanSquaredError)]
public partial class Recommender
{
    private static Tensor Forward([Tokens(1, Vocabulary = 610)] Tensor user, [Tokens(1, Vocabulary = 9724)] Tensor film)
    {
        Tensor mean = Tensor.Parameter("mean", [1], Initializer.Constant, scale: 3.5);
        Tensor taste = user.Embedding(10, name: "taste").Reshape([10]), style = film.Embedding(10, name: "style").Reshape([10]);
        Tensor userBias = user.Embedding(1, name: "user_bias").Reshape([1]), filmBias = film.Embedding(1, name: "film_bias").Reshape([1]);
        return mean + userBias + filmBias + Tensor.Dot(taste, style);
    }
}
