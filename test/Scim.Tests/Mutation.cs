using System.Text;

namespace Scim.Tests;

/// <summary>Spoils a body in one to three places: bytes changed, cut out, repeated elsewhere, and pieces of JSON that are trouble put in.</summary>
internal static class Mutation
{
    private static readonly string[] Fragments =
        ["null", "[]", "{}", "\"\"", "true", "1e999", "\\ud800", "\"\\udc00\"", "{\"value\":", "[[[[", "}}}}", "\"userName\":", ",", "\"", "\\", "\u0001", "é", "0000-00-00T00:00:00"];

    public static byte[] Of(byte[] seed, Random random)
    {
        var body = seed.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && body.Count > 0; changes--)
        {
            var position = random.Next(body.Count);
            switch (random.Next(5))
            {
                case 0:
                    body[position] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(position, Math.Min(random.Next(1, 8), body.Count - position));
                    break;
                case 2:
                    body.InsertRange(position, Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]));
                    break;
                case 3:
                    var length = Math.Min(random.Next(1, 30), body.Count - position);
                    body.InsertRange(random.Next(body.Count), body.GetRange(position, length));
                    break;
                default:
                    body[position] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. body];
    }
}
