namespace Samples;

/// <summary>
/// A pole that stands on a cart: Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems", 1983, without friction.
/// Metres, radians, seconds.
/// </summary>
public struct CartPole
{
    /// <summary>The largest force on the cart, in newtons.</summary>
    public const float MostForce = 10;

    private const float Gravity = 9.81f, CartMass = 1, PoleMass = 0.1f, HalfLength = 0.5f;

    /// <summary>Where the cart is.</summary>
    public float Place;

    /// <summary>How fast the cart moves.</summary>
    public float Speed;

    /// <summary>How far the pole leans to the right.</summary>
    public float Angle;

    /// <summary>How fast that grows.</summary>
    public float AngularSpeed;

    /// <summary>The force, from -1 to 1, of a rule that holds the pole: what the network learns to imitate.</summary>
    public readonly float Rule => Math.Clamp(((2 * Place) + (3 * Speed) + (30 * Angle) + (7 * AngularSpeed)) / MostForce, -1, 1);

    /// <summary>Goes on by a small time, with a force in newtons on the cart.</summary>
    public void Move(float force, float seconds)
    {
        (float sine, float cosine) = MathF.SinCos(Angle);
        float push = (force + (PoleMass * HalfLength * AngularSpeed * AngularSpeed * sine)) / (CartMass + PoleMass);
        float lean = ((Gravity * sine) - (cosine * push)) / (HalfLength * ((4f / 3) - (PoleMass * cosine * cosine / (CartMass + PoleMass))));
        Speed += seconds * (push - (PoleMass * HalfLength * lean * cosine / (CartMass + PoleMass)));
        Place += seconds * Speed;
        AngularSpeed += seconds * lean;
        Angle += seconds * AngularSpeed;
    }
}
