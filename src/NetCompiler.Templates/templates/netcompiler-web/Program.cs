using System.Text.Json;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = 1024);
builder.Services.AddProblemDetails();

// One network for all requests; the service loads or trains it when the server starts.
builder.Services.AddSingleton<MoonsService>();
builder.Services.AddHostedService(services => services.GetRequiredService<MoonsService>());

WebApplication app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseDefaultFiles();
app.UseStaticFiles();
app.MapGet("/network", () => Moons.Description.ToString());
app.MapPost("/predict", PredictAsync);
app.Run();

// Answers {"x": 0, "y": 1} with {"halfCircle": 0, "probability": 0.99}; what is wrong with a body is said in problem details (RFC 9457).
static async Task<IResult> PredictAsync(HttpRequest request, MoonsService moons)
{
    const string Expected = "Expected is {\"x\": number, \"y\": number}.";
    Point? point;
    try
    {
        point = await request.ReadFromJsonAsync<Point>(request.HttpContext.RequestAborted);
    }
    catch (JsonException exception)
    {
        return TypedResults.Problem($"{exception.Message} {Expected}", statusCode: StatusCodes.Status400BadRequest);
    }
    catch (InvalidOperationException exception)
    {
        // The header Content-Type is missing, or names something else than JSON.
        return TypedResults.Problem($"{exception.Message} {Expected}", statusCode: StatusCodes.Status415UnsupportedMediaType);
    }
    catch (BadHttpRequestException exception)
    {
        // Too large, cut off or too slow.
        return TypedResults.Problem(exception.Message, statusCode: exception.StatusCode);
    }

    // A number that is too large for a float is read as an infinity.
    if (point is null || !float.IsFinite(point.X) || !float.IsFinite(point.Y))
    {
        return TypedResults.Problem($"The body is {(point is null ? "null" : "a point outside of the range of a float")}. {Expected}", statusCode: StatusCodes.Status400BadRequest);
    }

    return moons.Predict(point) is { } answer ? TypedResults.Ok(answer) : TypedResults.Problem(moons.State, statusCode: StatusCodes.Status503ServiceUnavailable);
}
