using Entra.Model;
using Entra.Randomness;
using Entra.Requests;

namespace Entra.Cycles;

/// <summary>Chooses how a create is written.</summary>
internal static class CreateShapes
{
    /// <summary>Draws a shape; the misspelt schema has no attributes, so the values lose theirs.</summary>
    public static UserCreateShape Draw(UserValues values, SeededRandom random)
    {
        switch (random.Below(20))
        {
            case < 4:
                return UserCreateShape.WithNulls;
            case 4:
                values[UserAttribute.Department] = null;
                values[UserAttribute.EmployeeNumber] = null;
                values[UserAttribute.CostCenter] = null;
                return UserCreateShape.MisspeltEnterprise;
            default:
                return UserCreateShape.Plain;
        }
    }
}
