namespace Entra.Model;

/// <summary>Everything one directory is expected to hold, and to hold no longer.</summary>
internal sealed class DirectoryModel
{
    /// <summary>All users ever made, the deleted among them.</summary>
    public List<UserRecord> Users { get; } = [];

    public List<GroupRecord> Groups { get; } = [];

    public IEnumerable<UserRecord> LiveUsers => Users.Where(user => user.Lives);

    public IEnumerable<GroupRecord> LiveGroups => Groups.Where(group => group.Lives);

    public UserRecord AddUser(UserValues values)
    {
        var user = new UserRecord(Users.Count, values);
        Users.Add(user);
        return user;
    }

    /// <summary>The groups of each user, by the user's index.</summary>
    public List<GroupRecord>?[] GroupsByUser()
    {
        var groupsOf = new List<GroupRecord>?[Users.Count];
        foreach (var group in LiveGroups)
        {
            foreach (var member in group.MembersInOrder())
            {
                (groupsOf[member.Index] ??= []).Add(group);
            }
        }

        return groupsOf;
    }
}
